/** Values that may be there already. What the cache holds is passed on without a promise, because a promise costs a turn of the event loop. */

export type MaybePromise<T> = T | Promise<T>;

/** The result of `next`: at once where the value is there, else a promise. */
export function andThen<T, U>(value: MaybePromise<T>, next: (value: T) => MaybePromise<U>): MaybePromise<U> {
  return value instanceof Promise ? value.then(next) : next(value);
}
