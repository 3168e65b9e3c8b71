/** Pages: how 7digital answers a part of a list. */
import { child, list, places, type Decoder } from "../upstream/xml/decode.js";
import { integer as integerParam, optional } from "../upstream/request/params.js";
import type { Unreadable } from "../upstream/xml/unreadable.js";
import { integer, moment } from "../upstream/xml/values.js";

type Count = number | Unreadable | null | undefined;

/** Items in order, and where in the whole list they stand, as far as the answer says. */
export interface Page<T> {
  /** From 1. */
  readonly page?: Count;
  /** May be less than what was asked for: later answers cap it at 50. */
  readonly pageSize: Count;
  /** The document's name for pageSize; no recorded answer uses it. */
  readonly itemsPerPage?: Count;
  /** Length of the whole list. Paging may reach less. */
  readonly totalItems: Count;
  /** Every item that was sent, in its place. */
  readonly items: readonly (T | Unreadable)[];
}

/** The parameters by which every list is paged. @see API document, "Paging" */
export const pageParams = { page: optional(integerParam), pageSize: optional(integerParam) };

const paging = {
  page: child("page", integer),
  pageSize: child("pageSize", integer),
  itemsPerPage: child("itemsPerPage", integer),
  totalItems: child("totalItems", integer),
};

/** A page of elements of one name. */
export function page<T>(name: string, item: Decoder<T>) {
  return list({ ...paging, items: places(name, item) }, ["type"]);
}

const days = { fromDate: child("fromDate", moment), toDate: child("toDate", moment) };

/** A page of a chart, with the days that it counts, as 7digital writes them. */
export function chartPage<T>(item: Decoder<T>) {
  return list({ ...paging, ...days, items: places("chartItem", item) }, ["type"]);
}
