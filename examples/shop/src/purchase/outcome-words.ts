import type { UserErrorCode } from "../generated/enums";

export function wordsForCard(code: "CARD_EXPIRED" | "CARD_MISSING" | "PAYMENT_FAILED"): string {
  switch (code) {
    case "CARD_EXPIRED":
      return "Your card has expired";
    case "CARD_MISSING":
      return "You have no payment card";
    case "PAYMENT_FAILED":
      return "Your bank declined the payment";
  }
}

export function wordsForRefusal(code: UserErrorCode | undefined): string {
  switch (code) {
    case "UNAVAILABLE_IN_CONTEXT":
      return "It is not sold in your country.";
    case "ALREADY_EXISTS":
      return "You own it already.";
    case "NOT_FOUND":
      return "It is no longer there.";
    case "IDEMPOTENCY_KEY_REUSED":
    case "INVALID":
      return "Load the page again, and try once more.";
    default:
      return "The shop refused it. Try again later.";
  }
}
