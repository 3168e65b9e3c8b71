import { Unreadable } from "../upstream/unreadable.js";

/** Reading on from a member that may be absent (`undefined`), told to be empty (`null`) or unreadable: all three pass through. */
export function whenTold<T, U>(value: T | null | undefined, read: (value: T) => U): U | null | undefined;
export function whenTold<T, U>(value: T | Unreadable | null | undefined, read: (value: T) => U): U | Unreadable | null | undefined;
export function whenTold<T, U>(value: T | Unreadable | null | undefined, read: (value: T) => U): U | Unreadable | null | undefined {
  if (value instanceof Unreadable) return value;
  return value === undefined ? undefined : value === null ? null : read(value);
}

/** 7digital writes 0 where a year, a length or a bit rate is not known. */
export function known<T>(value: T | null | undefined): T | null | undefined {
  return value === 0 ? null : value;
}
