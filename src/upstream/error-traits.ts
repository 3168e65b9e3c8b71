/** What each upstream error code means for everything that has to decide by it. A new code does not compile until it has traits. */

/** The code is also what a client meets in `extensions.code`; src/shared/error-codes.ts explains each of them to clients. */
export type UpstreamErrorCode =
  /** 7digital's 2001. */
  | "NOT_FOUND"
  /** 7digital's 2002. */
  | "NOT_AVAILABLE_IN_COUNTRY"
  /** 7digital's 1xxx, or a parameter that cannot be sent. The fault is ours, for we check input first. */
  | "UPSTREAM_REJECTED_INPUT"
  /** Any other error code of 7digital's (3xxx, 7xxx, 9xxx, undocumented), or HTTP 403 without a code. */
  | "UPSTREAM_ERROR"
  /** No whole answer: refused, unresolved or reset connection, HTTP 5xx, or a circuit breaker that is open. */
  | "UPSTREAM_UNAVAILABLE"
  /** No whole answer before the deadline of the call. */
  | "UPSTREAM_TIMEOUT"
  /** Not one whole 7digital response: truncated, HTML, empty, too large, wrong shape, a redirect. Never HTTP 5xx. */
  | "UPSTREAM_BAD_RESPONSE"
  /** 7digital did not accept our key or signature. */
  | "UPSTREAM_AUTH"
  /** 7digital did not accept the user's credentials. */
  | "UNAUTHENTICATED"
  /** 7digital says that our quota is spent. */
  | "UPSTREAM_RATE_LIMITED"
  /** Our own reserve: what is left of the quota is for more urgent calls. */
  | "QUOTA_RESERVED"
  /** Our own limit on calls at the same time. */
  | "OVERLOADED"
  /** Our own limit on calls of one operation. */
  | "TOO_MANY_UPSTREAM_CALLS"
  /** Our own limit on calls of one caller in an hour. */
  | "CALLER_CALL_LIMIT"
  /** Our own limit on the time of one operation. */
  | "OPERATION_TIMEOUT"
  /** The client closed its connection before the response. */
  | "CLIENT_CLOSED_REQUEST";

export interface ErrorTraits {
  /** Whether a read may be sent once more at once. Only where the error itself says so, too: `UpstreamError.retryable`. */
  readonly retryable: boolean;
  /** Whether a client may ask again later although nothing else says so: the cause passes by itself. */
  readonly transient: boolean;
  /** When circuit breakers count it as a failure: where 7digital answered that it failed, or where no HTTP response came. */
  readonly tripsBreaker: readonly ("serverFault" | "noResponse")[];
  /** `negative`: a true answer, cached for a minute like a value. `briefly`: the item is at fault, so asking again within seconds makes no
   *  call. `ifItemFault`: the same, but only where 7digital answered that it fails at this item or forbids it. */
  readonly cached: "never" | "negative" | "briefly" | "ifItemFault";
  /** Whether a stale value may stand in for the answer. Otherwise the code itself is news: it must be seen, and a cached value goes. */
  readonly allowsStale: boolean;
  /** What the answer proves about our consumer key. */
  readonly key: "accepted" | "rejected" | "unknown";
  readonly logLevel: "debug" | "warn";
  /** What was rejected, for mutations that tell the user. Undefined for failures, after which a sent mutation may have been executed. */
  readonly rejected: "item" | "store" | "input" | "user" | "service" | "rate" | undefined;
}

/** 7digital said that there is no such thing. */
const negative = { retryable: false, transient: false, tripsBreaker: [], cached: "negative", allowsStale: false } as const;
/** 7digital rejected something that stays wrong until it is changed. */
const rejection = { retryable: false, transient: false, tripsBreaker: [], cached: "never", allowsStale: false } as const;
/** No usable answer. */
const failure = { allowsStale: true, key: "unknown", logLevel: "warn", rejected: undefined } as const;
/** The call was not made, or 7digital did not execute it, to keep within a limit. */
const limit = { retryable: false, tripsBreaker: [], cached: "never", allowsStale: true, key: "unknown", logLevel: "warn" } as const;

export const errorTraits: Readonly<Record<UpstreamErrorCode, ErrorTraits>> = {
  NOT_FOUND: { ...negative, key: "accepted", logLevel: "debug", rejected: "item" },
  NOT_AVAILABLE_IN_COUNTRY: { ...negative, key: "accepted", logLevel: "debug", rejected: "store" },
  UPSTREAM_REJECTED_INPUT: { ...rejection, key: "unknown", logLevel: "warn", rejected: "input" },
  UPSTREAM_AUTH: { ...rejection, key: "rejected", logLevel: "warn", rejected: "service" },
  UNAUTHENTICATED: { ...rejection, key: "unknown", logLevel: "debug", rejected: "user" },
  UPSTREAM_ERROR: { ...failure, retryable: true, transient: false, tripsBreaker: ["serverFault"], cached: "ifItemFault" },
  UPSTREAM_UNAVAILABLE: {
    ...failure,
    retryable: true,
    transient: true,
    tripsBreaker: ["serverFault", "noResponse"],
    cached: "ifItemFault",
  },
  UPSTREAM_TIMEOUT: { ...failure, retryable: false, transient: true, tripsBreaker: ["noResponse"], cached: "never" },
  UPSTREAM_BAD_RESPONSE: { ...failure, retryable: true, transient: false, tripsBreaker: ["noResponse"], cached: "briefly" },
  UPSTREAM_RATE_LIMITED: { ...limit, transient: true, rejected: "rate" },
  QUOTA_RESERVED: { ...limit, transient: true, rejected: "rate" },
  OVERLOADED: { ...limit, transient: true, rejected: undefined },
  TOO_MANY_UPSTREAM_CALLS: { ...limit, transient: false, rejected: undefined },
  CALLER_CALL_LIMIT: { ...limit, transient: true, rejected: "rate" },
  OPERATION_TIMEOUT: { ...limit, transient: true, rejected: undefined },
  CLIENT_CLOSED_REQUEST: { ...limit, transient: true, rejected: undefined },
};
