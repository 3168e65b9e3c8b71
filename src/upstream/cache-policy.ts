/** How long an answer may be kept, from its headers. We are the key holder's private cache, so `private` answers are ours to keep. Decides;
 *  keeps nothing. docs/decisions/0022 compares it with RFC 9111 and with the library that could do it. @see API document, "Caching" */
import { ageSeconds, digits, httpDate, members } from "./header-values.js";
import type { Header } from "./pipeline.js";

/** Durations from the moment the answer arrived, in milliseconds. */
export interface Lifetime {
  /** How old it was then. */
  readonly ageMs: number;
  /** Served without a call. 0 where it was already stale. */
  readonly freshMs: number;
  /** Until then still served at once, while one call in the background renews it. */
  readonly revalidateMs: number;
  /** Until then served when 7digital fails to give a new one. */
  readonly keepMs: number;
}

const secondMs = 1000;
const hourMs = 3600 * secondMs;
const dayMs = 24 * hourMs;

/** For answers that say nothing: the age in the one real answer on record. */
const untoldFreshMs = 60 * secondMs;
/** The document's own example is 5 days; whoever tells much more than that has most likely told it in the wrong unit. */
const longestFreshMs = 7 * dayMs;
const shortestRevalidateMs = 30 * secondMs;
const longestRevalidateMs = hourMs;
const keptForFailureMs = dayMs;

/** @see RFC 9111 §5.2 */
const wellFormed = /^[a-z][a-z0-9-]*(?:\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^\s",;=]+))?$/;

/** "There is no such thing", remembered for a minute: long enough against a page that asks again and again, and short enough
 *  for a release that has just come out. */
export const failureLifetime: Lifetime = { ageMs: 0, freshMs: 60 * secondMs, revalidateMs: 60 * secondMs, keepMs: 60 * secondMs };

interface Exchange {
  /** Epoch milliseconds of asking, and of the whole answer. */
  readonly askedAtMs: number;
  readonly answeredAtMs: number;
}

/** The lifetime that the headers of an answer give it; undefined where the answer is not to be kept: no-store, no-cache, `Vary: *`, a
 *  lifetime of nothing or one that makes no sense. */
export function lifetimeOf(header: Header, { askedAtMs, answeredAtMs }: Exchange): Lifetime | undefined {
  const directives = directivesOf(header("cache-control"));
  if (isUnkept(header, directives)) return undefined;
  const lifetimeMs = told(header, directives, answeredAtMs);
  if (!(lifetimeMs > 0)) return undefined;
  // RFC 9111 §4.2.3, corrected_age_value.
  const ageMs = (ageSeconds(header("age")) ?? 0) * secondMs + Math.max(0, answeredAtMs - askedAtMs);
  const freshMs = Math.max(0, Math.min(lifetimeMs, longestFreshMs) - ageMs);
  if (directives.includes("must-revalidate")) return freshMs > 0 ? { ageMs, freshMs, revalidateMs: freshMs, keepMs: freshMs } : undefined;
  // What came stale is not given to anybody else without asking first.
  const lateMs = freshMs === 0 ? 0 : Math.min(Math.max(freshMs / 10, shortestRevalidateMs), longestRevalidateMs);
  return { ageMs, freshMs, revalidateMs: freshMs + lateMs, keepMs: freshMs + keptForFailureMs };
}

function directivesOf(cacheControl: string | undefined): readonly string[] {
  return members(cacheControl?.toLowerCase()).filter((directive) => directive !== "");
}

function isUnkept(header: Header, directives: readonly string[]): boolean {
  if (directives.some((directive) => /^no-(?:store|cache)\b/.test(directive))) return true;
  if (directives.length === 0 && /\bno-cache\b/i.test(header("pragma") ?? "")) return true;
  // Of all other headers that an answer may vary with, we send the same with every call.
  return (
    header("vary")
      ?.split(",")
      .some((name) => name.trim() === "*") === true
  );
}

/** In milliseconds, before the age is taken off; NaN where it makes no sense. */
function told(header: Header, directives: readonly string[], answeredAtMs: number): number {
  const ages = directives.filter((directive) => /^max-age\b/.test(directive));
  // Two ages that differ are resolved to the shorter; NaN wins over all.
  if (ages.length > 0) return secondMs * Math.min(...ages.map((age) => digits(/^max-age\s*=\s*"?(\d+)"?$/.exec(age)?.[1]) ?? Number.NaN));
  // A directive that nobody knows is ignored; what is none at all makes no sense.
  if (!directives.every((directive) => wellFormed.test(directive))) return Number.NaN;
  const expires = header("expires");
  if (expires === undefined) return untoldFreshMs;
  return (httpDate(expires) ?? Number.NaN) - (httpDate(header("date")) ?? answeredAtMs);
}
