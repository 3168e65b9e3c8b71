/** What the end of a purchase call proves. Only two things are certain: that it was bought, and that nothing was sent. A refusal still has to
 *  be confirmed by the locker; all the rest may have been charged. @see docs/decisions/0020 */
import { UpstreamError } from "../upstream/errors.js";
import type { Ending, Refusal, RefusalCode } from "./attempt.js";

/** @see API document, "Error codes" and the purchase methods' own; 3005 and 31xx as 7digital's own client names them. 3103, a card that
 *  could not be added, is no answer to a purchase. */
const meanings: ReadonlyMap<string, readonly [RefusalCode, string]> = new Map(
  Object.entries({
    "2001": ["NOT_FOUND", "7digital does not know what was to be bought."],
    "2002": ["UNAVAILABLE_IN_CONTEXT", "It is not for sale in this store."],
    "2003": ["ALREADY_EXISTS", "7digital has such a transaction already."],
    "3001": ["CARD_EXPIRED", "The user's card has expired: lead them to the page where they add one, then buy with a new key."],
    "3002": ["CARD_MISSING", "The user has no card: lead them to the page where they add one, then buy with a new key."],
    "3003": [
      "PAYMENT_FAILED",
      "The bank declined, and 7digital no longer uses the card: lead the user to the page where they add another, then buy with a new key.",
    ],
    "3004": ["PRICE_CHANGED", "The price is not the one that was shown. Nothing was charged: show the current one and ask again."],
    "3005": ["PAYMENT_FAILED", "7digital takes no cards of this card's country: let the user add another, then buy with a new key."],
    "3012": ["VOUCHER_REJECTED", "The voucher can not be redeemed."],
    "3100": ["PAYMENT_FAILED", "7digital could not reach its payment provider: buy again later, with a new key."],
    "3101": ["PAYMENT_FAILED", "The payment failed: let the user check their card or add another, then buy with a new key."],
    "3102": ["PAYMENT_FAILED", "The bank declined the payment: let the user check their card or add another, then buy with a new key."],
    "3104": ["PAYMENT_FAILED", "The bank declined the card: let the user add another, then buy with a new key."],
  } satisfies Record<string, readonly [RefusalCode, string]>),
);

const refusals = {
  user: { code: "UNAUTHENTICATED", message: "7digital did not accept the user's credentials: let them sign in again." },
  service: { code: "UNAUTHENTICATED", message: "7digital did not accept the credentials of this service." },
  rate: { code: "RATE_LIMITED", message: "7digital takes no more calls now. Nothing was charged: try again later, with a new key." },
} satisfies Record<string, Refusal>;

const notSent = "Nothing reached 7digital, so nothing was charged: try again, with the same key.";

export function unsent(settledAtMs: number): Ending {
  return { state: "NOT_SENT", settledAtMs, refusal: { code: "NOT_SENT", message: notSent } };
}

/** An UNKNOWN ending with a refusal is what 7digital said: it becomes REJECTED once the locker has been looked into. */
export function endingOf(error: unknown, settledAtMs: number): Ending {
  if (!(error instanceof UpstreamError)) return { state: "UNKNOWN" };
  if (error.notSent) return unsent(settledAtMs);
  return { state: "UNKNOWN", refusal: refusalOf(error) };
}

function refusalOf(error: UpstreamError): Refusal | undefined {
  const { sevendigitalCode } = error;
  if (sevendigitalCode === undefined) return refusalWithoutCode(error);
  const meaning = meanings.get(sevendigitalCode) ?? ofInput(sevendigitalCode);
  return meaning && { code: meaning[0], message: meaning[1], upstreamCode: Number(sevendigitalCode) };
}

/** The status counts, whatever the body; 7digital may also refuse credentials in words alone. A server in trouble may say anything. */
function refusalWithoutCode({ code, httpStatus = 0 }: UpstreamError): Refusal | undefined {
  if (httpStatus >= 500) return undefined;
  if (code === "UPSTREAM_RATE_LIMITED" || httpStatus === 429) return refusals.rate;
  if (code === "UNAUTHENTICATED") return refusals.user;
  return code === "UPSTREAM_AUTH" || httpStatus === 401 || httpStatus === 403 ? refusals.service : undefined;
}

function ofInput(code: string): readonly [RefusalCode, string] | undefined {
  return /^1\d{3}$/.test(code) ? ["INVALID", `7digital refused the purchase with error ${code}. Nothing was charged.`] : undefined;
}
