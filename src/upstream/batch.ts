/** One method that answers several items of another. What it answers for an item is cached, joined and reported as if the method for that one
 *  item had been called. */
import type { Endpoint } from "./endpoint.js";
import { UpstreamError } from "./errors.js";
import type { Unreadable } from "./xml/unreadable.js";

/** @typeParam P Parameters of the method for one item. @typeParam Q Parameters of the method for several. */
export interface Batch<P, Q, R, N extends string = string> extends Endpoint<Q, BatchAnswer<R>, N, "GET"> {
  readonly single: Endpoint<P, R>;
  readonly paramsOfOne: (id: string) => P;
  readonly paramsOfSeveral: (ids: readonly string[]) => Q;
}

export interface BatchAnswer<R> {
  readonly items: readonly AnsweredItem<R>[];
  readonly errors: readonly FailedItem[];
}

export interface AnsweredItem<R> {
  /** Undefined where it cannot be read. */
  readonly itemId: string | undefined;
  readonly value: R | Unreadable;
}

/** 7digital's error for one item. */
export interface FailedItem {
  readonly itemId: string;
  readonly code: string | undefined;
  readonly message: string | undefined;
}

/** What was answered for each of these ids. Undefined where the answer leaves it out. */
export function outcomesOf<R>(
  { items, errors }: BatchAnswer<R>,
  ids: readonly string[],
): readonly (AnsweredItem<R> | FailedItem | undefined)[] {
  const asked = new Set(ids);
  const byId = new Map<string, AnsweredItem<R> | FailedItem>();
  for (const one of [...items, ...errors]) if (one.itemId !== undefined && !byId.has(one.itemId)) byId.set(one.itemId, one);
  // 7digital merges duplicates, and still answers for the old id. Items come in the order of the ids, one for each without an error.
  const failedIds = new Set(errors.map(({ itemId }) => itemId));
  const places = [...asked].filter((id) => !failedIds.has(id));
  const isOwn = ({ itemId }: AnsweredItem<R>, at: number): boolean => itemId === places[at] || itemId === undefined || !asked.has(itemId);
  if (items.length === places.length && items.every(isOwn)) items.forEach((item, at) => byId.set(places[at] as string, item));
  return ids.map((id) => byId.get(id));
}

/** The error of a whole batch, for each of its items. It says nothing about any of them: not even an error that says that something does not exist
 *  proves it of each. */
export function errorOfBatch(error: unknown, method: string): unknown {
  if (!(error instanceof UpstreamError)) return error;
  if (error.traits.cached !== "negative") return error.with({ ofBatch: true });
  const { httpStatus, sevendigitalCode, sevendigitalMessage } = error;
  return new UpstreamError("UPSTREAM_BAD_RESPONSE", `7digital rejected all items of ${method} together.`, {
    ...{ method, httpStatus, sevendigitalCode, sevendigitalMessage },
    ofBatch: true,
  });
}
