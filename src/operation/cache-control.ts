/** How long others may keep a response: as long as the first of its parts stays fresh. docs/decisions/0035 says why, and who may. */
import type { Running } from "./begin.js";

export interface CacheControlOptions {
  /** Whether caches that several clients share may keep responses, too. */
  readonly publicCaching: boolean;
}

/** Of what the server knows by itself, such as its schema. It changes with a release only. */
const ownMs = 60_000;

/** The value of Cache-Control for a response without errors; undefined where no cache may store it: it belongs to a user, differs for each response,
 *  or a part of it came without leave to be kept. @param nowMs Epoch milliseconds. */
export function cacheControlOf(
  { meter, scope, shownPlan }: Running,
  { publicCaching }: CacheControlOptions,
  nowMs: number,
): string | undefined {
  if (scope.session.user !== undefined || scope.operator || shownPlan !== undefined) return undefined;
  const keptMs = meter.goodUntilMs === Infinity ? ownMs : meter.goodUntilMs - nowMs;
  const seconds = Math.floor(keptMs / 1000);
  return seconds < 1 ? undefined : `${publicCaching ? "public" : "private"}, max-age=${String(seconds)}, must-revalidate`;
}
