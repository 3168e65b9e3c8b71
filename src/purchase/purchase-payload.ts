/** What a client gets for a purchase. */
import {
  inputError,
  operationError,
  type InputErrorFacts,
  type UnavailableInContextFacts,
  type UserErrorFacts,
} from "../shared/user-error.js";
import { UpstreamError } from "../upstream/errors.js";
import type { Store } from "../upstream/session.js";
import type { Refusal } from "./attempt.js";
import type { AttemptReport, NotAttempted, PurchaseOutcome } from "./attempt-report.js";
import type { ShownOffer } from "./order.js";
import { PurchaseRejected, type EarlierAttemptFacts, type PaymentCardFacts, type PriceChangedFacts } from "./purchase-error.js";

export interface PurchasePayload {
  /** Null where none was made. */
  readonly attempt: AttemptReport | null;
  readonly userErrors: readonly UserErrorFacts[];
}

/** What the errors need to know of the order. */
interface Ordered {
  readonly store: Store;
  readonly shown?: ShownOffer | undefined;
}

export function payloadOf(outcome: PurchaseOutcome, order: Ordered): PurchasePayload {
  // Only a recorded attempt is reported. Where none was made here, another process may be making one.
  if ("reason" in outcome) return { attempt: null, userErrors: [errorWithoutAttempt(outcome)] };
  return { attempt: outcome, userErrors: errorsOf(outcome, order) };
}

function errorsOf({ status, refusal }: AttemptReport, order: Ordered): readonly UserErrorFacts[] {
  if (status === "SUCCEEDED") return [];
  if (status === "IN_PROGRESS") {
    return [operationError("OUTCOME_UNKNOWN", "The purchase is under way: ask `viewer.purchaseAttempt` how it ends.", { retryable: true })];
  }
  if (refusal !== undefined) return [refusalError(refusal, order)];
  const advice = "It may have been charged. Do not buy it with another key: ask `viewer.purchaseAttempt` with this one later.";
  return [operationError("OUTCOME_UNKNOWN", advice, { retryable: true })];
}

type RefusalFacts = PaymentCardFacts | PriceChangedFacts | UnavailableInContextFacts | InputErrorFacts | UserErrorFacts;

function refusalError({ code, message, upstreamCode }: Refusal, { store, shown }: Ordered): RefusalFacts {
  const common = { code, message, field: null, retryable: code === "NOT_SENT" };
  switch (code) {
    case "CARD_EXPIRED":
    case "CARD_MISSING":
    case "PAYMENT_FAILED":
      return { ...common, type: "PaymentCardError" };
    case "PRICE_CHANGED":
      return { ...common, type: "PriceChangedError", shown: shown?.price ?? null, current: shown?.of ?? null };
    case "UNAVAILABLE_IN_CONTEXT":
      return { ...common, type: "UnavailableInContextError", store };
    case "INVALID":
    case "NOT_FOUND":
    case "ALREADY_EXISTS":
      return { ...common, type: "InputError", upstreamCode };
    default:
      return { ...common, type: "OperationError" };
  }
}

function errorWithoutAttempt(outcome: NotAttempted): UserErrorFacts {
  switch (outcome.reason) {
    case "KEY_REUSED": {
      const advice = "This key was used for another purchase, which is left as it is. Make a new key for every new purchase.";
      return inputError(["idempotencyKey"], advice, "IDEMPOTENCY_KEY_REUSED");
    }
    case "CONTESTED":
      return earlierAttempts(outcome.by);
    case "SENT_BEFORE":
      return earlierAttempts([]);
    case "UNREADABLE": {
      const advice =
        "This time nothing was sent; whether the key was used before cannot be read now. Send the same again, with the same key.";
      return operationError("OUTCOME_UNKNOWN", advice, { retryable: true });
    }
    case "NOT_PREPARED":
      return outcome.cause instanceof PurchaseRejected ? outcome.cause.userError : preparationError(outcome.cause);
    default: {
      const advice = "The purchase could not be recorded, so this time nothing was sent. Send the same again later, with the same key.";
      return operationError("NOT_SENT", advice, { retryable: true });
    }
  }
}

function earlierAttempts(attempts: readonly AttemptReport[]): EarlierAttemptFacts {
  return {
    type: "EarlierAttemptError",
    code: "EARLIER_ATTEMPT",
    message: earlierAttemptsMessage(attempts),
    field: null,
    retryable: false,
    attempts,
  };
}

function earlierAttemptsMessage(attempts: readonly AttemptReport[]): string {
  const onceMore = "To buy it once more all the same, send `acknowledgeUnknown: true`.";
  if (attempts.some(({ status }) => status === "IN_PROGRESS")) return "The same is being bought just now: wait for that to end.";
  if (attempts.length > 0)
    return `An earlier purchase of the same thing may have been charged: see \`attempts\`, and the locker. ${onceMore}`;
  return `The same was bought with this key before, under another sign-in: look into the locker. ${onceMore}`;
}

function preparationError(cause: unknown): UserErrorFacts {
  if (cause instanceof UpstreamError && cause.traits.rejected === "user") return operationError("UNAUTHENTICATED", cause.message);
  if (cause instanceof UpstreamError && cause.traits.rejected === "rate") {
    const advice = "7digital takes no more calls now, so this time nothing was sent. Send the same again later, with the same key.";
    return operationError("RATE_LIMITED", advice, { retryable: true });
  }
  const advice =
    "What a purchase has to know before could not be asked of 7digital, so this time nothing was sent. Send the same again, with the same key.";
  return operationError("NOT_SENT", advice, { retryable: true });
}
