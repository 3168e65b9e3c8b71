/** Why a call gave no usable answer. `code` is the contract, the message is for people. It holds no URL, key, token or body. */
import { errorTraits, type ErrorTraits, type UpstreamErrorCode } from "./error-traits.js";
import type { Store } from "./session.js";
import type { ErrorSubject } from "./error-words.js";

interface UpstreamErrorDetails {
  /** The method called, as the API document names it: "artist/details". */
  readonly method: string;
  /** HTTP status of the answer, when there was one. */
  readonly httpStatus?: number | undefined;
  /** 7digital's own error code as text, when the answer had one: "2001". */
  readonly sevendigitalCode?: string | undefined;
  /** 7digital's own message, where it may be passed on. */
  readonly sevendigitalMessage?: string | undefined;
  /** What the error is about, where its code could mean several things. */
  readonly subject?: ErrorSubject | undefined;
  /** Whether sending the same call once more at once may help. Whether a client may ask again later is `transient` in error-traits.ts. */
  readonly retryable?: boolean | undefined;
  /** When to ask again, in epoch milliseconds, where that is known. */
  readonly resetAtMs?: number | undefined;
  /** The store of the call, when that is why it failed. */
  readonly store?: Store | undefined;
  /** Proven that not a byte of the request was sent. False where that cannot be known. */
  readonly notSent?: boolean | undefined;
  /** It ended a batch of several items, so it is no fault of any one of them. */
  readonly ofBatch?: boolean | undefined;
  readonly cause?: unknown;
}

/** A call to 7digital that gave no usable answer. */
export class UpstreamError extends Error {
  override readonly name = "UpstreamError";
  readonly method: string;
  readonly httpStatus: number | undefined;
  readonly sevendigitalCode: string | undefined;
  readonly sevendigitalMessage: string | undefined;
  readonly subject: ErrorSubject | undefined;
  readonly retryable: boolean;
  readonly resetAtMs: number | undefined;
  readonly store: Store | undefined;
  readonly notSent: boolean;
  readonly ofBatch: boolean;

  constructor(
    readonly code: UpstreamErrorCode,
    message: string,
    details: UpstreamErrorDetails,
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.method = details.method;
    this.httpStatus = details.httpStatus;
    this.sevendigitalCode = details.sevendigitalCode;
    this.sevendigitalMessage = details.sevendigitalMessage;
    this.subject = details.subject;
    this.retryable = details.retryable ?? false;
    this.resetAtMs = details.resetAtMs;
    this.store = details.store;
    this.notSent = details.notSent ?? false;
    this.ofBatch = details.ofBatch ?? false;
  }

  get traits(): ErrorTraits {
    return errorTraits[this.code];
  }

  /** 7digital answered that it failed: with HTTP 5xx, or with an error of its own (7xxx, 9xxx). */
  get isServerFault(): boolean {
    const { traits, httpStatus = 0, sevendigitalCode = "" } = this;
    return traits.tripsBreaker.includes("serverFault") && (httpStatus >= 500 || /^[79]\d{3}$/.test(sevendigitalCode));
  }

  /** The same error with other details. */
  with(details: Partial<UpstreamErrorDetails>): UpstreamError {
    const { code, message, method, httpStatus, sevendigitalCode, sevendigitalMessage, subject } = this;
    const { retryable, resetAtMs, store, notSent, ofBatch, cause } = this;
    const own = {
      method,
      httpStatus,
      sevendigitalCode,
      sevendigitalMessage,
      subject,
      retryable,
      resetAtMs,
      store,
      notSent,
      ofBatch,
      cause,
    };
    return new UpstreamError(code, message, { ...own, ...details });
  }
}
