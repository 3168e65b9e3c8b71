/** Cuts a page out of a list that exists as ids, or as a length and a rule. */

import type { Range, Slice } from "../model.js";

export function slice<T>(total: number, range: Range, itemAt: (index: number) => T): Slice<T> {
  const items: T[] = [];
  const end = Math.min(total, range.offset + range.limit);
  for (let index = Math.max(0, range.offset); index < end; index++) items.push(itemAt(index));
  return { total, items };
}

export function sliceOf<T>(ids: ArrayLike<number>, range: Range, itemOf: (id: number) => T): Slice<T> {
  return slice(ids.length, range, (index) => itemOf(ids[index] ?? 0));
}
