import { Unreadable } from "../upstream/xml/unreadable.js";

/** Reads on from a member that may be absent (`undefined`), empty (`null`) or unreadable: all three pass through. */
export function mapPresent<T, U>(value: T | null | undefined, read: (value: T) => U): U | null | undefined;
export function mapPresent<T, U>(value: T | Unreadable | null | undefined, read: (value: T) => U): U | Unreadable | null | undefined;
export function mapPresent<T, U>(value: T | Unreadable | null | undefined, read: (value: T) => U): U | Unreadable | null | undefined {
  if (value instanceof Unreadable) return value;
  return value === undefined ? undefined : value === null ? null : read(value);
}

/** For years, lengths and bit rates: 7digital writes 0 where it does not know them. */
export function zeroToNull<T>(value: T | null | undefined): T | null | undefined {
  return value === 0 ? null : value;
}
