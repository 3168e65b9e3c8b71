/** How long an answer may be kept, from what its Cache-Control says. We are the key holder's private cache, so `private` answers
 *  are ours to keep. Decides; keeps nothing. @see API document, "Caching"; RFC 9111 */

/** Durations from the moment of the answer, in milliseconds. */
export interface Lifetime {
  /** Served without a call. */
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

const known = /^(?:private|public|must-revalidate|proxy-revalidate|must-understand|no-transform|immutable|s-maxage|stale-)/;

/** "There is no such thing", remembered for a minute: long enough against a page that asks again and again, and short enough
 *  for a release that has just come out. */
export const failureLifetime: Lifetime = { freshMs: 60 * secondMs, revalidateMs: 60 * secondMs, keepMs: 60 * secondMs };

/** The lifetime told by a Cache-Control header; undefined where the answer is not to be kept: no-store, no-cache, max-age=0,
 *  an age that is no number, or text without one known directive. */
export function lifetimeOf(cacheControl: string | undefined): Lifetime | undefined {
  const directives = (cacheControl ?? "")
    .toLowerCase()
    .split(",")
    .map((directive) => directive.trim());
  if (directives.some((directive) => /^no-(?:store|cache)\b/.test(directive))) return undefined;
  const ages = directives.filter((directive) => /^max-age\b/.test(directive));
  if (ages.length === 0) {
    const told = directives.some((directive) => directive !== "");
    return told && !directives.some((directive) => known.test(directive)) ? undefined : lifetime(untoldFreshMs, directives);
  }
  const seconds = ages.map((age) => Number(/^max-age\s*=\s*"?(\d{1,15})"?$/.exec(age)?.[1] ?? Number.NaN));
  // Two ages that differ are resolved to the shorter; NaN wins over all.
  const freshMs = Math.min(...seconds) * secondMs;
  return freshMs > 0 ? lifetime(Math.min(freshMs, longestFreshMs), directives) : undefined;
}

function lifetime(freshMs: number, directives: readonly string[]): Lifetime {
  if (directives.includes("must-revalidate")) return { freshMs, revalidateMs: freshMs, keepMs: freshMs };
  const late = Math.min(Math.max(freshMs / 10, shortestRevalidateMs), longestRevalidateMs);
  return { freshMs, revalidateMs: freshMs + late, keepMs: freshMs + keptForFailureMs };
}
