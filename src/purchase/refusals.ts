/** What 7digital's errors say of a purchase. None of them is proof on its own: the locker has to confirm it. @see docs/decisions/0020 */
import type { UpstreamError } from "../upstream/errors.js";
import type { Refusal, RefusalCode } from "./attempt.js";

/** By 7digital's error code. 3005 and 31xx are named by 7digital's own client only. 3103 says that a card could not be added, which does not
 *  answer a purchase. @see API document, "Error codes" and the purchase methods */
const meanings: ReadonlyMap<string, readonly [RefusalCode, string]> = new Map(
  Object.entries({
    "2001": ["NOT_FOUND", "7digital does not know what was to be bought."],
    "2002": ["UNAVAILABLE_IN_CONTEXT", "It is not for sale in this store."],
    "2003": ["ALREADY_EXISTS", "7digital has this sale already. Look into the locker before you sell it again."],
    "3001": ["CARD_EXPIRED", "The user's card has expired: lead them to the page where they add one, then buy with a new key."],
    "3002": ["CARD_MISSING", "The user has no card: lead them to the page where they add one, then buy with a new key."],
    "3003": [
      "PAYMENT_FAILED",
      "The bank declined, and 7digital no longer uses the card: lead the user to the page where they add another, then buy with a new key.",
    ],
    "3004": [
      "PRICE_CHANGED",
      "The price has changed since it was shown. Nothing was charged. Show the current price and ask the user again.",
    ],
    "3005": ["PAYMENT_FAILED", "7digital takes no cards of this card's country: let the user add another, then buy with a new key."],
    "3012": ["VOUCHER_REJECTED", "The voucher cannot be redeemed."],
    "3100": ["PAYMENT_FAILED", "7digital could not reach its payment provider: buy again later, with a new key."],
    "3101": ["PAYMENT_FAILED", "The payment failed: let the user check their card or add another, then buy with a new key."],
    "3102": ["PAYMENT_FAILED", "The bank declined the payment: let the user check their card or add another, then buy with a new key."],
    "3104": ["PAYMENT_FAILED", "The bank declined the card: let the user add another, then buy with a new key."],
  } satisfies Record<string, readonly [RefusalCode, string]>),
);

const refusalsByStatus = {
  user: { code: "UNAUTHENTICATED", message: "7digital did not accept the user's credentials: let them sign in again." },
  service: { code: "UNAUTHENTICATED", message: "7digital did not accept the credentials of this service." },
  rate: { code: "RATE_LIMITED", message: "7digital takes no more calls now. Nothing was charged: try again later, with a new key." },
} satisfies Record<string, Refusal>;

/** Undefined where the error may have come after the charge. */
export function refusalOf(error: UpstreamError): Refusal | undefined {
  const { sevendigitalCode } = error;
  if (sevendigitalCode === undefined) return refusalWithoutCode(error);
  const meaning = meanings.get(sevendigitalCode) ?? inputMeaning(sevendigitalCode);
  return meaning && { code: meaning[0], message: meaning[1], upstreamCode: Number(sevendigitalCode) };
}

/** Without a code the HTTP status decides. A server in trouble may answer anything. */
function refusalWithoutCode({ traits: { rejected }, httpStatus = 0 }: UpstreamError): Refusal | undefined {
  if (httpStatus >= 500) return undefined;
  if (rejected === "rate" || httpStatus === 429) return refusalsByStatus.rate;
  if (rejected === "user") return refusalsByStatus.user;
  return rejected === "service" || httpStatus === 401 || httpStatus === 403 ? refusalsByStatus.service : undefined;
}

function inputMeaning(code: string): readonly [RefusalCode, string] | undefined {
  return /^1\d{3}$/.test(code)
    ? ["INVALID", `7digital rejected the purchase with error ${code}. Nothing was charged: check the input, and buy with a new key.`]
    : undefined;
}
