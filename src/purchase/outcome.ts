/** What the end of a purchase call proves. Only three things are certain: that it was bought, that 7digital said no, and that nothing was
 *  ever sent. All the rest may have been charged. */
import { UpstreamError, type UpstreamErrorCode } from "../upstream/errors.js";
import type { Ending, Refusal, RefusalCode } from "./attempt.js";

/** @see API document, "Error codes" and the purchase methods' own. */
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
    "3012": ["VOUCHER_REJECTED", "The voucher can not be redeemed."],
  } satisfies Record<string, readonly [RefusalCode, string]>),
);

/** Not executed, whatever the method: 7digital looks at them before it does anything. */
const refusals: Partial<Record<UpstreamErrorCode, readonly [RefusalCode, string]>> = {
  UNAUTHENTICATED: ["UNAUTHENTICATED", "7digital did not accept the user's credentials: let them sign in again."],
  UPSTREAM_AUTH: ["UNAUTHENTICATED", "7digital did not accept the credentials of this service."],
  UPSTREAM_RATE_LIMITED: ["RATE_LIMITED", "7digital takes no more calls now. Nothing was charged: try again later, with a new key."],
};

const notSent = "Nothing reached 7digital, so nothing was charged: try again, with the same key.";

export function unsent(settledAtMs: number): Ending {
  return { state: "NOT_SENT", settledAtMs, refusal: { code: "NOT_SENT", message: notSent } };
}

export function endingOf(error: unknown, settledAtMs: number): Ending {
  if (!(error instanceof UpstreamError)) return { state: "UNKNOWN" };
  if (error.notSent) return unsent(settledAtMs);
  const refusal = refusalOf(error);
  return refusal === undefined ? { state: "UNKNOWN" } : { state: "REJECTED", settledAtMs, refusal };
}

function refusalOf({ code, sevendigitalCode, httpStatus = 0 }: UpstreamError): Refusal | undefined {
  if (sevendigitalCode === undefined) {
    // A server in trouble may say anything; only an error document with a code is believed of it.
    const meaning = httpStatus >= 500 ? undefined : refusals[code];
    return meaning && { code: meaning[0], message: meaning[1] };
  }
  const meaning = meanings.get(sevendigitalCode) ?? ofInput(sevendigitalCode);
  return meaning && { code: meaning[0], message: meaning[1], upstreamCode: Number(sevendigitalCode) };
}

function ofInput(code: string): readonly [RefusalCode, string] | undefined {
  return /^1\d{3}$/.test(code) ? ["INVALID", `7digital refused the purchase with error ${code}. Nothing was charged.`] : undefined;
}
