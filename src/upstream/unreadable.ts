/** What 7digital sent and nobody can read: "0,85", 2012-02-30, a number beyond 32 bits, a release without an id. It stands where the value
 *  would, so that it costs one field or one item and not the object or the list around it. */
import { UpstreamError } from "./errors.js";

export class Unreadable {
  /** @param what Name of the element that holds it. */
  constructor(
    private readonly method: string,
    private readonly what: string,
  ) {
    Object.freeze(this);
  }

  /** What a field is answered with that asks for the value. */
  error(): UpstreamError {
    const { method } = this;
    return new UpstreamError("UPSTREAM_BAD_RESPONSE", `7digital answered ${method} with \`${this.what}\` in a form that can not be read.`, {
      method,
    });
  }
}

/** The value itself. @throws UpstreamError UPSTREAM_BAD_RESPONSE where it can not be read. */
export function readable<T>(value: T | Unreadable): T {
  if (value instanceof Unreadable) throw value.error();
  return value;
}

/** The value, or undefined as if it were not there: for what can be worked out without it. */
export function ifReadable<T>(value: T | Unreadable): T | undefined {
  return value instanceof Unreadable ? undefined : value;
}

export function isReadable<T>(value: T | Unreadable): value is T {
  return !(value instanceof Unreadable);
}
