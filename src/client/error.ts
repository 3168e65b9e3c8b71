/** The one error of this client. Its messages are for people who call 7digital themselves; those of `UpstreamError` are for users of a server. */
import type { UpstreamErrorCode } from "../upstream/error-traits.js";
import { UpstreamError } from "../upstream/errors.js";

/** - `NOT_FOUND`, `NOT_AVAILABLE_IN_COUNTRY`: 7digital's 2001 and 2002.
 *  - `UPSTREAM_REJECTED_INPUT`: 7digital's 1xxx, or parameters that were not sent because they cannot be right.
 *  - `UPSTREAM_AUTH`, `UNAUTHENTICATED`: 7digital did not accept the consumer, or the user.
 *  - `UPSTREAM_ERROR`: any other error code of 7digital's.
 *  - `UPSTREAM_UNAVAILABLE`, `UPSTREAM_TIMEOUT`, `UPSTREAM_BAD_RESPONSE`: no response, none in time, or one that cannot be read.
 *  - `UPSTREAM_RATE_LIMITED`: the daily quota is spent. `QUOTA_RESERVED`: this client keeps the rest for more urgent calls.
 *  - `OVERLOADED`: too many calls of this client at once. */
export type ErrorCode = Exclude<
  UpstreamErrorCode,
  "TOO_MANY_UPSTREAM_CALLS" | "CALLER_CALL_LIMIT" | "OPERATION_TIMEOUT" | "CLIENT_CLOSED_REQUEST"
>;

/** A call that gave no usable answer. It holds no key, token, URL or body, so it may be logged. */
export class SevendigitalError extends Error {
  override readonly name = "SevendigitalError";

  constructor(
    readonly code: ErrorCode,
    message: string,
    details: Pick<SevendigitalError, "method"> & Partial<ErrorDetails>,
  ) {
    super(message);
    this.method = details.method;
    this.status = details.status;
    this.sevendigitalCode = details.sevendigitalCode;
    this.sevendigitalMessage = details.sevendigitalMessage;
    this.retryable = details.retryable ?? false;
    this.retryAt = details.retryAt;
    this.notSent = details.notSent ?? false;
  }

  /** The path of the method. */
  readonly method: string;
  /** HTTP status, where a response came. */
  readonly status: number | undefined;
  /** 7digital's own error code, where it gave one: "2001". */
  readonly sevendigitalCode: string | undefined;
  /** 7digital's own words. Only of unsigned calls: those of others may repeat what was sent. */
  readonly sevendigitalMessage: string | undefined;
  /** Whether the same call may succeed later, not before `retryAt`. Read what became of a purchase before you buy again. */
  readonly retryable: boolean;
  readonly retryAt: Date | undefined;
  /** Nothing was sent, so nothing can have happened. False also where that is not known. */
  readonly notSent: boolean;
}

type ErrorDetails = Omit<SevendigitalError, keyof Error>;

/** The error of a call as this client gives it; anything else, such as the reason of an aborted signal, as it is. */
export function publicError(error: unknown): unknown {
  if (!(error instanceof UpstreamError)) return error;
  const { method, httpStatus: status, sevendigitalCode, sevendigitalMessage, notSent, traits, resetAtMs } = error;
  const retryable = error.retryable || traits.transient;
  const retryAt = resetAtMs === undefined ? undefined : new Date(resetAtMs);
  return new SevendigitalError(error.code as ErrorCode, messageOf(error), {
    ...{ method, status, sevendigitalCode, sevendigitalMessage, notSent, retryable, retryAt },
  });
}

function messageOf({ code, method, message, sevendigitalCode, notSent }: UpstreamError): string {
  const error = sevendigitalCode === undefined ? "" : ` (error ${sevendigitalCode})`;
  switch (code) {
    case "NOT_FOUND":
      return `7digital does not have what ${method} asked for${error}. Check the IDs.`;
    case "NOT_AVAILABLE_IN_COUNTRY":
      return `What ${method} asked for is not in this store${error}. Ask in another country or shop.`;
    case "UPSTREAM_REJECTED_INPUT":
      return notSent ? message : `7digital rejected a parameter of ${method}${error}.`;
    case "UPSTREAM_AUTH":
      return notSent
        ? message
        : `7digital did not accept the consumer key or the signature of ${method}. Check consumerKey and consumerSecret.`;
    case "UNAUTHENTICATED":
      return notSent
        ? `${method} was not called: it needs a user. Pass the option user.`
        : `7digital did not accept the user of ${method}.`;
    default:
      return message;
  }
}

/** A call that is not made, because of what it was given. @param why A sentence. */
export function rejected(method: string, why: string): UpstreamError {
  return new UpstreamError("UPSTREAM_REJECTED_INPUT", `${method} was not called: ${why}`, { method, notSent: true });
}
