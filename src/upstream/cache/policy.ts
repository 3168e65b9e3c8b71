/** How long an answer may be cached, by its headers. We are the key holder's private cache, so `private` answers may be. docs/decisions/0022
 *  compares it with RFC 9111 and with http-cache-semantics. @see API document, "Caching" */
import { ageSeconds, digits, httpDate, members } from "../wire/header-values.js";
import type { Header } from "../pipeline.js";

/** Durations from the moment the answer arrived, in milliseconds. */
export interface Lifetime {
  /** How old it was then. */
  readonly ageMs: number;
  /** Served without a call. 0 where it arrived stale. */
  readonly freshMs: number;
  /** Still served at once, while one call in the background renews it. */
  readonly revalidateMs: number;
  /** Served only when a call fails. */
  readonly keepMs: number;
}

const secondMs = 1000;
const hourMs = 3600 * secondMs;
const dayMs = 24 * hourMs;

/** For answers without any of these headers: the `max-age` of the one real answer on record. */
const heuristicFreshMs = 60 * secondMs;
/** The document's own example is 5 days. Much more than that is most likely in the wrong unit. */
const longestFreshMs = 7 * dayMs;
const shortestRevalidateMs = 30 * secondMs;
const longestRevalidateMs = hourMs;
const keptForFailureMs = dayMs;

/** @see RFC 9111 §5.2 */
const wellFormed = /^[a-z][a-z0-9-]*(?:\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^\s",;=]+))?$/;

/** Of negative answers: a minute is long enough for a page that repeats its request, and short enough for a release that has just come out. */
export const failureLifetime: Lifetime = { ageMs: 0, freshMs: 60 * secondMs, revalidateMs: 60 * secondMs, keepMs: 60 * secondMs };

export interface ExchangeTimes {
  /** Epoch milliseconds of the request, and of the whole answer. */
  readonly askedAtMs: number;
  readonly answeredAtMs: number;
}

/** The lifetime of an answer. Undefined where it must not be cached: no-store, no-cache, `Vary: *`, a lifetime of 0 or an invalid one. */
export function lifetimeOf(header: Header, { askedAtMs, answeredAtMs }: ExchangeTimes): Lifetime | undefined {
  const directives = directivesOf(header("cache-control"));
  if (isUncacheable(header, directives)) return undefined;
  const lifetimeMs = freshnessLifetime(header, directives, answeredAtMs);
  if (!(lifetimeMs > 0)) return undefined;
  const ageMs = ageMsOf(header, { askedAtMs, answeredAtMs });
  const freshMs = Math.max(0, Math.min(lifetimeMs, longestFreshMs) - ageMs);
  if (directives.includes("must-revalidate")) return freshMs > 0 ? { ageMs, freshMs, revalidateMs: freshMs, keepMs: freshMs } : undefined;
  // What arrived stale is never served again without a call.
  const lateMs = freshMs === 0 ? 0 : Math.min(Math.max(freshMs / 10, shortestRevalidateMs), longestRevalidateMs);
  return { ageMs, freshMs, revalidateMs: freshMs + lateMs, keepMs: freshMs + keptForFailureMs };
}

/** How old an answer was when it arrived. @see RFC 9111 §4.2.3, corrected_age_value */
export function ageMsOf(header: Header, { askedAtMs, answeredAtMs }: ExchangeTimes): number {
  return (ageSeconds(header("age")) ?? 0) * secondMs + Math.max(0, answeredAtMs - askedAtMs);
}

function directivesOf(cacheControl: string | undefined): readonly string[] {
  return members(cacheControl?.toLowerCase()).filter((directive) => directive !== "");
}

function isUncacheable(header: Header, directives: readonly string[]): boolean {
  if (directives.some((directive) => /^no-(?:store|cache)\b/.test(directive))) return true;
  if (directives.length === 0 && /\bno-cache\b/i.test(header("pragma") ?? "")) return true;
  // Every call sends the same for all other headers that an answer may vary with.
  return (
    header("vary")
      ?.split(",")
      .some((name) => name.trim() === "*") === true
  );
}

/** In milliseconds, before the age is subtracted; NaN where it is invalid. */
function freshnessLifetime(header: Header, directives: readonly string[], answeredAtMs: number): number {
  const ages = directives.filter((directive) => /^max-age\b/.test(directive));
  // The shortest counts, and NaN before all. @see RFC 9111 §4.2.1
  if (ages.length > 0) return secondMs * Math.min(...ages.map((age) => digits(/^max-age\s*=\s*"?(\d+)"?$/.exec(age)?.[1]) ?? Number.NaN));
  // An unknown directive is ignored; one that is not well-formed makes no sense.
  if (!directives.every((directive) => wellFormed.test(directive))) return Number.NaN;
  const expires = header("expires");
  if (expires === undefined) return heuristicFreshMs;
  return (httpDate(expires) ?? Number.NaN) - (httpDate(header("date")) ?? answeredAtMs);
}
