/** Pages: how 7digital answers a stretch of a list. */
import { child, children, integer, object, token, type Decoder } from "../upstream/decode.js";
import { integer as integerParam, optional } from "../upstream/params.js";

/** Items in order, and where in the whole list they stand, as far as the answer tells. */
export interface Page<T> {
  /** What the answer says, which may be less than what was asked: later answers cap it at 50. */
  readonly pageSize: number | null | undefined;
  /** The document's name for pageSize; no recorded answer uses it. */
  readonly itemsPerPage?: number | null | undefined;
  /** Length of the whole list; need not match what paging reaches. */
  readonly totalItems: number | null | undefined;
  readonly items: readonly T[];
}

/** The parameters by which every list is paged. @see API document, "Paging" */
export const pageParams = { page: optional(integerParam), pageSize: optional(integerParam) };

const paging = {
  pageSize: child("pageSize", integer),
  itemsPerPage: child("itemsPerPage", integer),
  totalItems: child("totalItems", integer),
};

/** A page of elements of one name. */
export function page<T>(name: string, item: Decoder<T>) {
  return object({ ...paging, items: children(name, item) });
}

/** A page of a chart, which also tells the days it was counted over, as 7digital writes them. */
export function chartPage<T>(item: Decoder<T>) {
  return object({
    ...paging,
    fromDate: child("fromDate", token),
    toDate: child("toDate", token),
    items: children("chartItem", item),
  });
}
