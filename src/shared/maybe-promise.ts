/** Values that may be there already: what the cache holds is passed on without a promise, for a promise costs a turn of the loop. */

export type MaybePromise<T> = T | Promise<T>;

/** What `next` makes of the value, at once where the value is there. */
export function andThen<T, U>(value: MaybePromise<T>, next: (value: T) => MaybePromise<U>): MaybePromise<U> {
  return value instanceof Promise ? value.then(next) : next(value);
}
