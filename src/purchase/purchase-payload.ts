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
import type { Attempt, Declined } from "./intent.js";
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

export interface EarlierAttemptFacts extends UserErrorFacts {
  readonly type: "EarlierAttemptError";
  readonly attempts: readonly Attempt[];
}

/** What errors tell beside the refusal itself. */
export interface Asked {
  readonly store: Store;
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
  if ("declined" in result) return declined(result);
  return { attempt: result, userErrors: errorsOf(result, asked) };
}

function errorsOf({ status, refusal }: Attempt, asked: Asked): readonly UserErrorFacts[] {
  if (status === "SUCCEEDED") return [];
  if (status === "IN_PROGRESS") {
    return [operationError("OUTCOME_UNKNOWN", "The purchase is under way: ask `viewer.purchaseAttempt` how it ends.", { retryable: true })];
  }
  if (refusal !== undefined) return [refusalError(refusal, asked)];
  const advice = "It may have been charged. Do not buy it with another key: ask `viewer.purchaseAttempt` with this one later.";
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

/** An attempt is what is recorded: where none was made here, none is told, for another process may be making it. */
function declined(result: Declined): PurchasePayload {
  const nothing = (error: UserErrorFacts): PurchasePayload => ({ attempt: null, userErrors: [error] });
  switch (result.declined) {
    case "KEY_REUSED": {
      const advice = "This key was used for another purchase, which is left as it is. Make a new key for every new purchase.";
      return nothing(inputError(["input", "idempotencyKey"], advice, "IDEMPOTENCY_KEY_REUSED"));
    }
    case "CONTESTED":
      return nothing(earlierAttempts(result.by));
    case "SENT_BEFORE":
      return nothing(earlierAttempts([]));
    case "UNREADABLE": {
      const advice =
        "This time nothing was sent; whether the key was used before can not be read now. Send the same again, with the same key.";
      return nothing(operationError("OUTCOME_UNKNOWN", advice, { retryable: true }));
    }
    case "NOT_PREPARED":
      if (result.cause instanceof Refused) return nothing(result.cause.told);
      return nothing(whyNotPrepared(result.cause));
    default: {
      const advice = "The purchase could not be recorded, so this time nothing was sent. Send the same again later, with the same key.";
      return nothing(operationError("NOT_SENT", advice, { retryable: true }));
    }
  }
}

function earlierAttempts(attempts: readonly Attempt[]): EarlierAttemptFacts {
  return { type: "EarlierAttemptError", code: "EARLIER_ATTEMPT", message: adviceOn(attempts), field: null, retryable: false, attempts };
}

function adviceOn(attempts: readonly Attempt[]): string {
  const onceMore = "To buy it once more all the same, send `acknowledgeUnknown: true`.";
  if (attempts.some(({ status }) => status === "IN_PROGRESS")) return "The same is being bought just now: wait for that to end.";
  if (attempts.length > 0)
    return `An earlier purchase of the same thing may have been charged: see \`attempts\`, and the locker. ${onceMore}`;
  return `The same was bought with this key before, under another sign-in: look into the locker. ${onceMore}`;
}

function whyNotPrepared(cause: unknown): UserErrorFacts {
  if (cause instanceof UpstreamError && cause.code === "UNAUTHENTICATED") return operationError("UNAUTHENTICATED", cause.message);
  if (cause instanceof UpstreamError && cause.code === "UPSTREAM_RATE_LIMITED") {
    return operationError(
      "RATE_LIMITED",
      "7digital takes no more calls now, so this time nothing was sent. Send the same again later, with the same key.",
      {
        retryable: true,
      },
    );
  }
  const advice =
    "What a purchase has to know before could not be asked of 7digital, so this time nothing was sent. Send the same again, with the same key.";
  return operationError("NOT_SENT", advice, { retryable: true });
}
