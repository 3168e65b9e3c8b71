/** Items of lists: the object itself, and what the list says about its place. */
import { mapped, type Decoder } from "../upstream/xml/decode.js";
import type { Unreadable } from "../upstream/xml/unreadable.js";

/** Most lists give only the item. */
export interface Listed<T> {
  readonly item: T;
  /** How well it matches a search, on 7digital's own scale. */
  readonly score?: number | Unreadable | null | undefined;
  /** In a chart, from 1. */
  readonly position?: number | null | undefined;
  /** In a chart, against the period before: "New", "Up", "Down", "Same". */
  readonly change?: string | null | undefined;
}

/** An item of a list that gives only the item. */
export function plainItem<T>(read: Decoder<T>): Decoder<Listed<T>> {
  return mapped(read, (item) => Object.freeze({ item }));
}
