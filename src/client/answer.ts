/** What comes back from a call: the value with the HTTP response around it. */

export interface Answer<R> {
  readonly value: R;
  /** HTTP status. */
  readonly status: number;
  /** By name in lower case. Those that concern type, caching and rate; none that could repeat what was sent. */
  readonly headers: Readonly<Record<string, string>>;
  /** The quota as in this response; undefined where it does not say. `client.rateLimit()` has the latest. */
  readonly rateLimit: RateLimit | undefined;
  readonly caching: Caching;
}

/** Calls of the consumer key in a day. */
export interface RateLimit {
  readonly limit: number;
  readonly current: number;
  /** When the count starts again. */
  readonly resetAt: Date;
}

/** @see RFC 9111 */
export interface Caching {
  /** Whether this client had it: no call was made. */
  readonly fromCache: boolean;
  /** Since 7digital, or a cache on the way, made the response. */
  readonly ageSeconds: number;
  readonly maxAgeSeconds: number | undefined;
  readonly date: Date | undefined;
  readonly expires: Date | undefined;
  readonly lastModified: Date | undefined;
}
