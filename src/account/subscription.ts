/** Subscriptions to streaming. Partners charge for them, and report each period to 7digital. */
import { isPartnerUserId, partnerUserIdAdvice } from "../shared/partner-user-id.js";
import type { Scope } from "../shared/scope.js";
import { inputError } from "../shared/user-error.js";
import type { StreamingFacts } from "./decoders.js";
import { userUnlimitedStreamingUpdate } from "./endpoints.js";
import { rejected, rejectionOf, succeeded, type Outcome } from "./outcome.js";

export interface Period {
  readonly userId: string;
  readonly planCode: string;
  readonly status: "active" | "expired";
  readonly currencyCode: string;
  readonly recurringFeeCents: number;
  readonly activatedAt: string;
  readonly periodStartsAt: string;
  readonly trialEndsAt?: string | null | undefined;
  readonly expiresAt: string;
}

/** @throws UpstreamError */
export async function reportPeriod(scope: Scope, period: Period): Promise<Outcome<{ readonly found: StreamingFacts | null }>> {
  const { client, store } = scope;
  const { userId, planCode, status, currencyCode: currency, recurringFeeCents: recurringFee } = period;
  if (!isPartnerUserId(userId)) return rejected(inputError(["userId"], `\`userId\` has ${partnerUserIdAdvice}.`));
  if (recurringFee < 0) return rejected(inputError(["recurringFeeCents"], "`recurringFeeCents` is not below 0."));
  const trialEndsAt = period.trialEndsAt ? inSeconds(period.trialEndsAt) : undefined;
  const dates = {
    activatedAt: inSeconds(period.activatedAt),
    currentPeriodStartDate: inSeconds(period.periodStartsAt),
    trialEndsAt,
    expiryDate: inSeconds(period.expiresAt),
  };
  try {
    const params = { userId, planCode, status, currency, recurringFee, ...dates };
    return succeeded({ found: await client.call(userUnlimitedStreamingUpdate, params, { store }) });
  } catch (error) {
    return rejectionOf(error, null);
  }
}

/** In UTC, as the method's examples write it: 2021-06-08T16:03:06Z. */
function inSeconds(moment: string): string {
  return new Date(moment).toISOString().replace(/\.\d+Z$/, "Z");
}
