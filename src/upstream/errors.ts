/** Everything that can go wrong between us and 7digital, as one family of errors with stable codes.
 *  What a message says is for people; what `code` says is the contract. No error carries a URL, a key, a token or a body. */
import type { Store } from "./session.js";

/** The codes a client of the graph may meet in `extensions.code` when 7digital, or the way to it, failed. */
export type UpstreamErrorCode =
  /** 2001: there is no such thing. */
  | "NOT_FOUND"
  /** 2002: it exists, but not in the country or shop that was asked. */
  | "NOT_AVAILABLE_IN_COUNTRY"
  /** 1xxx: 7digital refused a parameter; the fault is ours, for we check input first. */
  | "UPSTREAM_REJECTED_INPUT"
  /** Any other code of 7digital's: 3xxx, 7xxx, 9xxx or one nobody has documented. Also a refusal without a code (HTTP 403). */
  | "UPSTREAM_ERROR"
  /** Refused, unresolved, reset, or closed before a whole answer came. */
  | "UPSTREAM_UNAVAILABLE"
  /** No whole answer within the deadline. */
  | "UPSTREAM_TIMEOUT"
  /** An answer that is not one whole 7digital response: truncated, HTML, empty, too large, wrong shape, a redirect. HTTP 5xx is not
   *  among them, whatever its body. */
  | "UPSTREAM_BAD_RESPONSE"
  /** 7digital did not accept our key or signature. */
  | "UPSTREAM_AUTH"
  /** The allowance of calls is spent. */
  | "UPSTREAM_RATE_LIMITED"
  /** Too many calls are under way or waiting already. */
  | "OVERLOADED"
  /** The operation has made as many calls as it may. */
  | "TOO_MANY_UPSTREAM_CALLS"
  /** The call needs a user, and there is none or 7digital did not accept theirs. */
  | "UNAUTHENTICATED";

interface UpstreamErrorDetails {
  /** The method called, as the API document names it: "artist/details". */
  readonly method: string;
  /** HTTP status of the answer, when there was one. */
  readonly httpStatus?: number | undefined;
  /** 7digital's own error code as text, when the answer had one: "2001". */
  readonly sevendigitalCode?: string | undefined;
  /** Whether the same call may be answered if it is sent again soon: our own second try goes by it. What a client is told of asking
   *  again later is another question, answered in graph/errors.ts. */
  readonly retryable?: boolean | undefined;
  /** When to ask again, in epoch milliseconds, where that is known. */
  readonly resetAtMs?: number | undefined;
  /** Where the call shopped, when that is why it failed. */
  readonly store?: Store | undefined;
  /** Proven that not a byte of the request went out. False where nobody can know. */
  readonly notSent?: boolean | undefined;
  readonly cause?: unknown;
}

/** A call to 7digital that gave no usable answer. */
export class UpstreamError extends Error {
  override readonly name = "UpstreamError";
  readonly method: string;
  readonly httpStatus: number | undefined;
  readonly sevendigitalCode: string | undefined;
  readonly retryable: boolean;
  readonly resetAtMs: number | undefined;
  readonly store: Store | undefined;
  readonly notSent: boolean;

  constructor(
    readonly code: UpstreamErrorCode,
    message: string,
    details: UpstreamErrorDetails,
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.method = details.method;
    this.httpStatus = details.httpStatus;
    this.sevendigitalCode = details.sevendigitalCode;
    this.retryable = details.retryable ?? false;
    this.resetAtMs = details.resetAtMs;
    this.store = details.store;
    this.notSent = details.notSent ?? false;
  }

  /** 7digital answered that it failed: with HTTP 5xx, or with an error of its own (7xxx, 9xxx). */
  get isServerFault(): boolean {
    const { code, httpStatus = 0, sevendigitalCode = "" } = this;
    if (code !== "UPSTREAM_UNAVAILABLE" && code !== "UPSTREAM_ERROR") return false;
    return httpStatus >= 500 || /^[79]\d{3}$/.test(sevendigitalCode);
  }

  /** The same error with other details. */
  with(details: Partial<UpstreamErrorDetails>): UpstreamError {
    const { code, message, method, httpStatus, sevendigitalCode, retryable, resetAtMs, store, notSent, cause } = this;
    const own = { method, httpStatus, sevendigitalCode, retryable, resetAtMs, store, notSent, cause };
    return new UpstreamError(code, message, { ...own, ...details });
  }
}
