/** Reading on from a member that may be absent (`undefined`) or told to be empty (`null`): both pass through as they are. */
export function whenTold<T, U>(value: T | null | undefined, read: (value: T) => U): U | null | undefined {
  return value === undefined ? undefined : value === null ? null : read(value);
}

/** 7digital writes 0 where a year, a length or a bit rate is not known. */
export function known(value: number | null | undefined): number | null | undefined {
  return value === 0 ? null : value;
}
