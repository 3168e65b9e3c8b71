/** What became of a purchase, as the shop shows it. */
import type { CombinedError } from "urql";
import { codesOf } from "../graph/errors";
import { unmask, type FragmentType } from "../generated";
import type { PurchaseStatus, UserErrorCode } from "../generated/enums";
import type { AttemptPartsFragment, PurchaseErrorPartsFragment } from "../generated/graphql";
import { attemptParts, purchaseErrorParts } from "./purchase-documents";

type CardCode = "CARD_EXPIRED" | "CARD_MISSING" | "PAYMENT_FAILED";

export type Outcome =
  | { readonly kind: "bought" }
  /** Nothing was charged. `current` is null where the page has to be read again. */
  | { readonly kind: "priceChanged"; readonly current: { readonly display: string; readonly quote: string } | null }
  /** Nothing was charged. The address works once, so it is asked for with the error. */
  | { readonly kind: "card"; readonly code: CardCode; readonly addCardUrl: string | null }
  /** It may have been charged: ask how it ended, and never buy again meanwhile. */
  | { readonly kind: "unknown" }
  /** Nothing reached the bank: the same may be sent again, with the same key. */
  | { readonly kind: "notSent" }
  /** An earlier purchase of the same is under way, or may have been charged. */
  | { readonly kind: "earlier"; readonly isUnderWay: boolean }
  | { readonly kind: "signIn" }
  /** Nothing was charged. */
  | { readonly kind: "refused"; readonly code: UserErrorCode | undefined };

/** Of either mutation. */
export interface Payload {
  readonly attempt: FragmentType<typeof attemptParts> | null;
  readonly userErrors: readonly FragmentType<typeof purchaseErrorParts>[];
}

export function outcomeOf(payload: Payload | null | undefined, error: CombinedError | undefined): Outcome {
  if (!payload) return outcomeWithoutPayload(error);
  const attempt = unmask(attemptParts, payload.attempt);
  if (attempt?.status === "SUCCEEDED") return { kind: "bought" };
  const [userError] = unmask(purchaseErrorParts, payload.userErrors);
  return userError ? outcomeOfError(userError) : { kind: "unknown" };
}

/** Codes of requests that were not executed. */
const rejected: ReadonlySet<string> = new Set(["BAD_USER_INPUT", "GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED"]);

/** Where it is not certain that nothing was sent, the server is asked by the key. */
function outcomeWithoutPayload(error: CombinedError | undefined): Outcome {
  const [code] = codesOf(error);
  if (code === "UNAUTHENTICATED") return { kind: "signIn" };
  if (code === "RATE_LIMITED") return { kind: "notSent" };
  return code !== undefined && rejected.has(code) ? { kind: "refused", code: "INVALID" } : { kind: "unknown" };
}

function outcomeOfError(error: PurchaseErrorPartsFragment): Outcome {
  if (error.__typename === "PriceChangedError") return { kind: "priceChanged", current: offerOf(error.current) };
  if (error.__typename === "EarlierAttemptError") {
    const attempts = error.attempts.map((attempt) => unmask(attemptParts, attempt));
    return { kind: "earlier", isUnderWay: attempts.some(({ status }) => status === "IN_PROGRESS") };
  }
  return outcomeOfCode(error.code, error.__typename === "PaymentCardError" ? error.addCardUrl : null);
}

type ChangedPrice = Extract<PurchaseErrorPartsFragment, { __typename: "PriceChangedError" }>["current"];

function offerOf(price: ChangedPrice) {
  return price?.current && price.quote !== null ? { display: price.current.display, quote: price.quote } : null;
}

function outcomeOfCode(code: UserErrorCode | undefined, addCardUrl: string | null): Outcome {
  switch (code) {
    case "CARD_EXPIRED":
    case "CARD_MISSING":
    case "PAYMENT_FAILED":
      return { kind: "card", code, addCardUrl };
    case "PRICE_CHANGED":
      return { kind: "priceChanged", current: null };
    case "OUTCOME_UNKNOWN":
      return { kind: "unknown" };
    case "NOT_SENT":
    case "RATE_LIMITED":
      return { kind: "notSent" };
    case "UNAUTHENTICATED":
      return { kind: "signIn" };
    default:
      return { kind: "refused", code };
  }
}

/** How an earlier attempt ended. @param attempt Null: the server has never got it. */
export function outcomeOfAttempt(attempt: AttemptPartsFragment | null, addCardUrl: string | null): Outcome {
  const status: PurchaseStatus = attempt?.status ?? "NOT_SENT";
  switch (status) {
    case "SUCCEEDED":
      return { kind: "bought" };
    case "REJECTED":
      return outcomeOfCode(attempt?.failure ?? undefined, addCardUrl);
    case "NOT_SENT":
      return { kind: "notSent" };
    case "IN_PROGRESS":
    case "OUTCOME_UNKNOWN":
      return { kind: "unknown" };
  }
}

/** Whether the key has to be kept: the same purchase goes on with it. */
export function keepsKey({ kind }: Outcome): boolean {
  return kind === "unknown" || kind === "notSent" || kind === "signIn";
}
