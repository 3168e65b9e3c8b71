import type { UserErrorCode } from "../generated/enums";

/** Why a basket was not changed, for the person who shops. */
export function wordsForBasketError(code: UserErrorCode | undefined): string {
  switch (code) {
    case "UNAVAILABLE_IN_CONTEXT":
      return "This is not sold in your country.";
    case "VOUCHER_REJECTED":
      return "This voucher takes nothing off: it is not valid, has expired, or is used up.";
    case "RATE_LIMITED":
      return "The shop is busy. Try again in a moment.";
    case "OUTCOME_UNKNOWN":
      return "The shop did not answer. Look into your basket before you try again.";
    case "NOT_FOUND":
      return "Your basket is no longer there. Add it again to begin a new one.";
    default:
      return "That did not work. Try again.";
  }
}
