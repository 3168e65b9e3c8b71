/** Windows of lists that came whole inside another answer. */
import { isReadable, type Unreadable } from "../upstream/xml/unreadable.js";
import type { Listed } from "./listed.js";
import type { Window } from "./window-plan.js";
import type { WindowOf } from "./window-read.js";

/** @param places Every item that was sent, in its place. */
export function windowIn<T>(places: readonly (T | Unreadable)[], { offset, count }: Window): WindowOf<Listed<T>> {
  const end = Math.max(offset, Math.min(offset + count, places.length));
  const within = places.slice(offset, end).map((item, index) => ({ item, position: offset + index + 1 }));
  const readable = within.filter((place): place is { item: Exclude<T, Unreadable>; position: number } => isReadable(place.item));
  return {
    offset,
    end,
    items: readable.map(({ item }) => ({ item })),
    positions: readable.map(({ position }) => position),
    total: places.length,
    hasNext: end < places.length,
  };
}
