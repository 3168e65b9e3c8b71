/** How long others may keep a response: as long as the first of its parts stays fresh. docs/decisions/0035 says why, and who may. */
import type { Running } from "./begin.js";

export interface CacheControlOptions {
  /** Whether caches that several clients share may keep responses, too. */
  readonly publicCaching: boolean;
}

/** Of what the server knows by itself, such as its schema. It changes with a release only. */
const ownMs = 60_000;

/** Whether everyone would get the response: it belongs to no user and no operator, and does not show what it cost. */
export function isForEveryone({ scope, shownPlan }: Running): boolean {
  return scope.session.user === undefined && !scope.operator && shownPlan === undefined;
}

/** Of a response that can be kept where it says how. @param control The value of Cache-Control. */
export function contentHeaders(type: string, control: string | undefined): Record<string, string> {
  return control === undefined ? { "Content-Type": type } : { "Cache-Control": control, "Content-Type": type };
}

/** The value of Cache-Control for a response without errors that everyone would get; undefined where no cache may store it: it differs for each
 *  response, or a part of it came without leave to be kept.
 *  @param goodUntilMs When its first part is no longer fresh, in epoch milliseconds. @param nowMs The same. */
export function cacheControlOf(goodUntilMs: number, { publicCaching }: CacheControlOptions, nowMs: number): string | undefined {
  const keptMs = goodUntilMs === Infinity ? ownMs : goodUntilMs - nowMs;
  const seconds = Math.floor(keptMs / 1000);
  return seconds < 1 ? undefined : `${publicCaching ? "public" : "private"}, max-age=${String(seconds)}, must-revalidate`;
}
