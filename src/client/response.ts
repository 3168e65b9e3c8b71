/** From an HTTP response, or one of the cache, to an answer. */
import { setMaxListeners } from "node:events";
import type { Received } from "../upstream/endpoint.js";
import { Ending, type Signal } from "../upstream/limits/abort.js";
import type { Meter } from "../upstream/meter.js";
import { ageSeconds, digits, httpDate, members, wholeNumber } from "../upstream/wire/header-values.js";
import type { Answer, Caching, RateLimit } from "./answer.js";

/** What the cache keeps of a response. */
export type Kept<R> = Pick<Answer<R>, "value" | "status" | "headers">;

/** A Location or Content-Location repeats the URL with the key in it, and cookies are secrets: so only these. */
const keptHeaders = [
  ...["age", "cache-control", "content-language", "content-type", "date", "etag", "expires", "last-modified", "pragma", "retry-after"],
  ...["server", "vary", "via", "x-7dig", "x-cdn", "x-ratelimit-current", "x-ratelimit-limit", "x-ratelimit-reset"],
];

export function kept<R>(value: R, { httpStatus: status, header }: Received): Kept<R> {
  const found = keptHeaders.flatMap((name) => {
    const text = header(name);
    return text === undefined ? [] : [[name, text] as const];
  });
  return Object.freeze({ value, status, headers: Object.freeze(Object.fromEntries(found)) });
}

/** Learns where one call was answered, and can abort it. */
export class CallMeter implements Meter {
  /** Of the cached response; undefined where a call was made. */
  ageMs: number | undefined;

  readonly signal: Signal;

  /** @param own The caller's, whose reason then is the error. */
  constructor(own: AbortSignal | undefined) {
    this.signal = own ?? new Ending();
    // One signal may end many calls, each of which listens to it.
    if (own !== undefined) setMaxListeners(0, own);
  }

  servedFromCache(_method: string, ageMs: number): void {
    this.ageMs = ageMs;
  }

  ask = nothing;
  sent = nothing;
  called = nothing;
  goodUntil = nothing;
  joined = nothing;
}

function nothing(): void {
  // This client sets no limits of its own.
}

/** @param cachedAgeMs Undefined where it is not from the cache. */
export function answerOf<R>({ value, status, headers }: Kept<R>, cachedAgeMs: number | undefined, nowMs: number): Answer<R> {
  const age = cachedAgeMs === undefined ? (ageSeconds(headers["age"]) ?? 0) : Math.floor(cachedAgeMs / 1000);
  const caching: Caching = {
    fromCache: cachedAgeMs !== undefined,
    ageSeconds: age,
    maxAgeSeconds: maxAgeOf(headers["cache-control"]),
    date: dateOf(headers["date"]),
    expires: dateOf(headers["expires"]),
    lastModified: dateOf(headers["last-modified"]),
  };
  return { value, status, headers, rateLimit: rateLimitOf(headers, nowMs - age * 1000), caching };
}

function rateLimitOf(headers: Readonly<Record<string, string>>, madeAtMs: number): RateLimit | undefined {
  const [limit, current, reset] = ["limit", "current", "reset"].map((name) => wholeNumber(headers[`x-ratelimit-${name}`]));
  if (limit === undefined || current === undefined || reset === undefined) return undefined;
  return { limit, current, resetAt: new Date(madeAtMs + reset * 1000) };
}

function maxAgeOf(cacheControl: string | undefined): number | undefined {
  const ages = members(cacheControl?.toLowerCase()).map((directive) => digits(/^max-age\s*=\s*"?(\d+)"?$/.exec(directive)?.[1]));
  return ages.find((seconds) => seconds !== undefined);
}

function dateOf(header: string | undefined): Date | undefined {
  const atMs = httpDate(header);
  return atMs === undefined ? undefined : new Date(atMs);
}
