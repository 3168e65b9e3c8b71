/** Rejects calls before they are sent once the quota is spent or reserved, and tracks the quota by every answer. Near its end the catalogue stops
 *  first, for it is cached; then reads of users; then all but purchases, which 7digital itself may reject. */
import type { UpstreamErrorCode } from "../error-traits.js";
import { isAboutTooManyCalls } from "../error-words.js";
import { UpstreamError } from "../errors.js";
import type { Call, Layer, WireAnswer } from "../pipeline.js";
import { textOf } from "../wire/body-text.js";
import type { QuotaTracker } from "./quota.js";

export function quota(tracker: QuotaTracker, now: () => number): Layer<WireAnswer> {
  return (next) => async (call) => {
    rejectUnsent(tracker, call, now());
    const method = call.endpoint.path;
    const answer = await tracker.counting(next(call));
    const { httpStatus, header } = answer;
    tracker.observe(header, now());
    if (!isRejection(answer, tracker.spentUntil(now()) !== undefined)) return answer;
    const resetAtMs = tracker.rejected(header, now());
    throw new UpstreamError("UPSTREAM_RATE_LIMITED", `7digital rejected ${method}: too many calls.`, { method, httpStatus, resetAtMs });
  };
}

function rejectUnsent(tracker: QuotaTracker, call: Call, nowMs: number): void {
  const { path: method } = call.endpoint;
  const rejectUntil = (code: UpstreamErrorCode, resetAtMs: number | undefined, why: string): void => {
    if (resetAtMs === undefined) return;
    throw new UpstreamError(code, `${method} was not called: ${why}.`, { method, resetAtMs, notSent: true });
  };
  if (call.reconciling) return;
  rejectUntil("UPSTREAM_RATE_LIMITED", tracker.spentUntil(nowMs), "the quota of calls is spent");
  if (call.critical || call.endpoint.effect === "money") return;
  const leaves = shareLeftBy(call);
  const why =
    leaves === 0
      ? "calls under way take the last of the quota"
      : `what is left of the quota of calls is for ${leaves === 1 ? "users, baskets" : "baskets"} and purchases`;
  rejectUntil("QUOTA_RESERVED", tracker.leavingUntil(leaves, nowMs), why);
}

/** The share of the reserve that a call leaves to more urgent ones. */
function shareLeftBy({ sharedKey, endpoint: { auth, effect } }: Call): number {
  if (sharedKey !== undefined) return 1;
  // Such as a locker or a basket. Reads that are signed without a user belong to signing in.
  return effect === "read" && auth !== "consumer" ? 0.5 : 0;
}

/** @param isSpent Whether the quota is, by the headers of this answer or of an earlier one. */
function isRejection({ httpStatus, body }: WireAnswer, isSpent: boolean): boolean {
  return httpStatus === 429 || (httpStatus === 403 && (isSpent || isAboutTooManyCalls(textOf(body))));
}
