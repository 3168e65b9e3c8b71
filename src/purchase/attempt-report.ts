/** What a client learns of an attempt, or of why there was none. */
import type { PurchaseFacts } from "../locker/decoders.js";
import type { AttemptIdentity, AttemptRecord } from "./attempt.js";

export type PurchaseStatus = "SUCCEEDED" | "REJECTED" | "NOT_SENT" | "IN_PROGRESS" | "OUTCOME_UNKNOWN";

export interface AttemptReport extends Pick<AttemptRecord, "idempotencyKey" | "startedAtMs" | "settledAtMs" | "confirmedBy" | "refusal"> {
  readonly status: PurchaseStatus;
  readonly purchase: PurchaseFacts | undefined;
}

/** Why no attempt was made. This time nothing was sent. */
export type NotAttempted =
  | { readonly reason: "KEY_REUSED" | "SENT_BEFORE" | "CLOSING" }
  /** Earlier attempts at the same items are open. */
  | { readonly reason: "CONTESTED"; readonly by: readonly AttemptReport[] }
  /** UNREADABLE: it is not known whether the key was used before. The others: it was not. */
  | { readonly reason: "UNREADABLE" | "NOT_RECORDED" | "NOT_PREPARED"; readonly cause: unknown };

export type PurchaseOutcome = AttemptReport | NotAttempted;

/** @param purchase What the call answered, if it did. */
export function reportAttempt(attempt: AttemptRecord, nowMs: number, purchase?: PurchaseFacts): AttemptReport {
  const { state, idempotencyKey, startedAtMs, settledAtMs, confirmedBy, refusal, purchaseId, purchaseDate } = attempt;
  const recorded = purchaseId === undefined ? undefined : { purchaseId, purchaseDate };
  return {
    status: statusOf(attempt, nowMs),
    idempotencyKey,
    startedAtMs,
    settledAtMs,
    confirmedBy,
    // The answer says more than the record. It may be about another purchase, though.
    purchase: purchase !== undefined && purchase.purchaseId === purchaseId ? purchase : recorded,
    // The refusal of an open attempt is not confirmed yet.
    refusal: state === "REJECTED" || state === "NOT_SENT" ? refusal : undefined,
  };
}

/** Reports the attempt that has used the key before. */
export function reportEarlier(earlier: AttemptRecord, { fingerprint }: AttemptIdentity, nowMs: number): PurchaseOutcome {
  return earlier.fingerprint === fingerprint ? reportAttempt(earlier, nowMs) : { reason: "KEY_REUSED" };
}

function statusOf({ state, deadlineAtMs }: AttemptRecord, nowMs: number): PurchaseStatus {
  if (state === "INTENT" && nowMs < deadlineAtMs) return "IN_PROGRESS";
  // An intent past its deadline belongs to a process that died.
  return state === "INTENT" || state === "UNKNOWN" ? "OUTCOME_UNKNOWN" : state;
}

/** Whether the outcome stays true only as long as no other process sends the same purchase. */
export function saysNothingWasSent(outcome: PurchaseOutcome): boolean {
  if ("status" in outcome) return outcome.status === "NOT_SENT";
  return outcome.reason !== "KEY_REUSED" && outcome.reason !== "UNREADABLE";
}
