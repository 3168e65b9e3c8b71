/** Refuses calls once the allowance is spent, before they are sent, and listens to what every answer says of it. The catalogue, which can be
 *  remembered, stops a little earlier than what can not. */
import { UpstreamError } from "../errors.js";
import type { Call, Layer, WireAnswer } from "../pipeline.js";
import type { Allowance } from "../quota.js";

/** How a refusal that comes as 403 tells what it is. */
const quotaText = /\b(?:quota|rate.?limit|too many (?:requests|calls)|(?:limit|allowance) (?:is |was |has been )?(?:exceeded|reached))/i;
const lookedAt = 500;

export function quota(allowance: Allowance, now: () => number): Layer<WireAnswer> {
  return (next) => async (call) => {
    refuseUnsent(allowance, call, now());
    const method = call.endpoint.path;
    const answer = await allowance.counting(next(call));
    const { httpStatus, header } = answer;
    allowance.observe(header, now());
    if (!isRefusal(answer)) return answer;
    const resetAtMs = allowance.refused(header, now());
    throw rateLimited(`7digital refused ${method}: too many calls.`, { method, httpStatus, resetAtMs });
  };
}

function refuseUnsent(allowance: Allowance, { endpoint: { path: method }, sharedKey, exempt }: Call, nowMs: number): void {
  const spentUntilMs = allowance.spentUntil(nowMs);
  if (spentUntilMs !== undefined) {
    throw rateLimited(`${method} was not called: the allowance of calls is spent.`, { method, resetAtMs: spentUntilMs, notSent: true });
  }
  if (sharedKey === undefined || exempt) return;
  const resetAtMs = allowance.reservedUntil(nowMs);
  if (resetAtMs === undefined) return;
  throw rateLimited(`${method} was not called: what is left of the allowance of calls is for baskets, lockers and purchases.`, {
    method,
    resetAtMs,
    notSent: true,
  });
}

function isRefusal({ httpStatus, body }: WireAnswer): boolean {
  return httpStatus === 429 || (httpStatus === 403 && quotaText.test(body.slice(0, lookedAt)));
}

type Details = ConstructorParameters<typeof UpstreamError>[2];

function rateLimited(message: string, details: Details): UpstreamError {
  return new UpstreamError("UPSTREAM_RATE_LIMITED", message, details);
}
