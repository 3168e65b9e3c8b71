/** Refuses calls once the allowance is spent, before they are sent, and listens to what every answer says of it. The catalogue, which can be
 *  remembered, stops first; then what users only read; and then all but purchases, which 7digital itself may refuse. */
import { UpstreamError } from "../errors.js";
import type { Call, Layer, WireAnswer } from "../pipeline.js";
import type { Allowance } from "../quota.js";

/** How a refusal that comes as 403 tells what it is. */
const quotaText =
  /\b(?:quota|rate.?limit|over (?:rate|qps)|queries per second|too many (?:requests|calls)|(?:limit|allowance) (?:is |was |has been )?(?:exceeded|reached))/i;
const lookedAt = 500;

export function quota(allowance: Allowance, now: () => number): Layer<WireAnswer> {
  return (next) => async (call) => {
    refuseUnsent(allowance, call, now());
    const method = call.endpoint.path;
    const answer = await allowance.counting(next(call));
    const { httpStatus, header } = answer;
    allowance.observe(header, now());
    if (!isRefusal(answer, allowance.spentUntil(now()) !== undefined)) return answer;
    const resetAtMs = allowance.refused(header, now());
    throw rateLimited(`7digital refused ${method}: too many calls.`, { method, httpStatus, resetAtMs });
  };
}

function refuseUnsent(allowance: Allowance, call: Call, nowMs: number): void {
  const { path: method } = call.endpoint;
  const refuse = (resetAtMs: number | undefined, why: string): void => {
    if (resetAtMs === undefined) return;
    throw rateLimited(`${method} was not called: ${why}.`, { method, resetAtMs, notSent: true });
  };
  if (call.settling === true) return;
  refuse(allowance.spentUntil(nowMs), "the allowance of calls is spent");
  if (call.exempt || call.endpoint.effect === "money") return;
  const leaves = shareLeftBy(call);
  const why =
    leaves === 0
      ? "calls under way take the last of the allowance"
      : `what is left of the allowance of calls is for ${leaves === 1 ? "users, baskets" : "baskets"} and purchases`;
  refuse(allowance.leavingUntil(leaves, nowMs), why);
}

/** How much of the reserve a call leaves to what is more urgent. */
function shareLeftBy({ sharedKey, endpoint: { auth, effect } }: Call): number {
  if (sharedKey !== undefined) return 1;
  // What is only read: a locker, a basket, the time. Reads that are signed without a user belong to signing in.
  return effect === "read" && auth !== "consumer" ? 0.5 : 0;
}

/** @param isSpent Whether the allowance is, by the headers of this answer or of one before. */
function isRefusal({ httpStatus, body }: WireAnswer, isSpent: boolean): boolean {
  return httpStatus === 429 || (httpStatus === 403 && (isSpent || quotaText.test(body.slice(0, lookedAt))));
}

type Details = ConstructorParameters<typeof UpstreamError>[2];

function rateLimited(message: string, details: Details): UpstreamError {
  return new UpstreamError("UPSTREAM_RATE_LIMITED", message, details);
}
