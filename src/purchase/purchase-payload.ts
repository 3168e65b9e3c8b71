/** From what became of a purchase to what its buyer is told. */
import type { Money } from "../shared/price-reading.js";
import type { ForSale } from "../shared/price.graph.js";
import {
  inputError,
  operationError,
  type InputErrorFacts,
  type UnavailableInContextFacts,
  type UserErrorFacts,
} from "../shared/user-error.graph.js";
import { UpstreamError } from "../upstream/errors.js";
import type { Store } from "../upstream/session.js";
import type { Refusal } from "./attempt.js";
import type { Attempt, Declined } from "./purchases.js";
import { Refused } from "./refused.js";

export interface PurchasePayload {
  /** Null where it did not come to one. */
  readonly attempt: Attempt | null;
  readonly userErrors: readonly UserErrorFacts[];
}

export interface PriceChangedFacts extends UserErrorFacts {
  readonly type: "PriceChangedError";
  readonly shown: Money | null;
  /** What it costs now, or the item whose price is to be asked anew. */
  readonly current: { readonly amount: Money | null } | ForSale | null;
}

export interface PaymentCardFacts extends UserErrorFacts {
  readonly type: "PaymentCardError";
}

/** What errors tell beside the refusal itself. */
export interface Asked {
  readonly idempotencyKey: string;
  readonly store: Store;
  readonly nowMs: number;
  /** What was shown, of what; undefined where no price was. */
  readonly shown?: { readonly price: Money | null; readonly of: ForSale } | undefined;
}

/** Runs a purchase; what refuses it before it begins becomes its answer. */
export async function payloadOf(purchase: () => Promise<PurchasePayload>): Promise<PurchasePayload> {
  try {
    return await purchase();
  } catch (error) {
    if (error instanceof Refused) return { attempt: null, userErrors: [error.told] };
    throw error;
  }
}

export function toldOf(result: Attempt | Declined, asked: Asked): PurchasePayload {
  if ("declined" in result) return declined(result, asked);
  return { attempt: result, userErrors: errorsOf(result, asked) };
}

function errorsOf({ status, refusal }: Attempt, asked: Asked): readonly UserErrorFacts[] {
  if (status === "SUCCEEDED") return [];
  if (status === "IN_PROGRESS") {
    return [operationError("OUTCOME_UNKNOWN", "The purchase is under way: ask `viewer.purchaseAttempt` how it ends.", { retryable: true })];
  }
  if (refusal !== undefined) return [refusalError(refusal, asked)];
  const advice = "It may have been charged. Do not buy it again: ask `viewer.purchaseAttempt` with this key later.";
  return [operationError("OUTCOME_UNKNOWN", advice, { retryable: true })];
}

type RefusalFacts = PaymentCardFacts | PriceChangedFacts | UnavailableInContextFacts | InputErrorFacts | UserErrorFacts;

function refusalError({ code, message, upstreamCode }: Refusal, { store, shown }: Asked): RefusalFacts {
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

function declined({ declined: why, cause }: Declined, asked: Asked): PurchasePayload {
  if (why === "KEY_REUSED") {
    const advice = "This key was used for another purchase, which is left as it is. Make a new key for every new purchase.";
    return { attempt: null, userErrors: [{ ...inputError(["input", "idempotencyKey"], advice, "IDEMPOTENCY_KEY_REUSED") }] };
  }
  return { attempt: notSent(asked), userErrors: [whyDeclined(why, cause)] };
}

function whyDeclined(why: Exclude<Declined["declined"], "KEY_REUSED">, cause: unknown): UserErrorFacts {
  if (why === "CONTESTED") {
    const advice =
      "An earlier purchase of the same thing may have been charged, or is under way. Ask how it ended; to buy once more all the same, " +
      "send `acknowledgeUnknown: true`.";
    return operationError("OUTCOME_UNKNOWN", advice, { field: ["input", "acknowledgeUnknown"] });
  }
  if (cause instanceof Refused) return cause.told;
  if (cause instanceof UpstreamError && cause.code === "UNAUTHENTICATED") return operationError("UNAUTHENTICATED", cause.message);
  const advice =
    why === "NOT_RECORDED"
      ? "The purchase could not be recorded, so nothing was sent to 7digital and nothing was charged. Try again later."
      : "What a purchase has to know before could not be asked of 7digital, so nothing was bought and nothing charged. Try again.";
  return operationError("NOT_SENT", advice, { retryable: true });
}

/** An attempt that did not come to be recorded. */
function notSent({ idempotencyKey, nowMs }: Asked): Attempt {
  return {
    status: "NOT_SENT",
    idempotencyKey,
    startedAtMs: nowMs,
    settledAtMs: nowMs,
    confirmedBy: undefined,
    purchase: undefined,
    refusal: { code: "NOT_SENT", message: "Nothing was sent." },
  };
}
