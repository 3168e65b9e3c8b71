/** Stands for a value that cannot be read, such as "0,85" or 2012-02-30. So it costs one field or item, not the object or list around it. */
import { UpstreamError } from "../errors.js";

export class Unreadable {
  /** @param what Name of the element that holds it. */
  constructor(
    private readonly method: string,
    private readonly what: string,
  ) {
    Object.freeze(this);
  }

  /** The error of a field that selects the value. */
  error(): UpstreamError {
    const { method } = this;
    return new UpstreamError("UPSTREAM_BAD_RESPONSE", `7digital answered ${method} with \`${this.what}\` in a form that cannot be read.`, {
      method,
    });
  }
}

/** The value itself. @throws UpstreamError UPSTREAM_BAD_RESPONSE where it cannot be read. */
export function readable<T>(value: T | Unreadable): T {
  if (value instanceof Unreadable) throw value.error();
  return value;
}

/** The value, or undefined as if it were absent. */
export function ifReadable<T>(value: T | Unreadable): T | undefined {
  return value instanceof Unreadable ? undefined : value;
}

export function isReadable<T>(value: T | Unreadable): value is T {
  return !(value instanceof Unreadable);
}
