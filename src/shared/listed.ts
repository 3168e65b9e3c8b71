/** Items of lists: the thing itself, and what the list says beside it. */
import { mapped, type Decoder } from "../upstream/decode.js";
import type { Unreadable } from "../upstream/unreadable.js";

/** Only some lists say more than the item. */
export interface Listed<T> {
  readonly item: T;
  /** How well it matches a search, on 7digital's own scale. */
  readonly score?: number | Unreadable | null | undefined;
  /** In a chart, from 1. */
  readonly position?: number | null | undefined;
  /** In a chart, against the period before: "New", "Up", "Down", "Same". */
  readonly change?: string | null | undefined;
}

/** An item of a list that says nothing beside it. */
export function alone<T>(read: Decoder<T>): Decoder<Listed<T>> {
  return mapped(read, (item) => Object.freeze({ item }));
}
