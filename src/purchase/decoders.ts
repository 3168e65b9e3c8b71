/** Proof of a sale: a purchase with an id, and no payment status that contradicts it. */
import { child, mapped, object, required, type Decoder } from "../upstream/xml/decode.js";
import { token } from "../upstream/xml/values.js";
import { purchaseMembers, type PurchaseFacts } from "../locker/decoders.js";

/** Recorded in answers about baskets, and checked in case a purchase has it too. */
const payment = { paymentStatus: child("paymentStatus", token) };
const answer = object({ ...payment, purchase: required("purchase", object({ ...purchaseMembers, ...payment })) });

export const sale: Decoder<PurchaseFacts> = mapped(answer, ({ purchase, paymentStatus: outerStatus }, reading) => {
  const { paymentStatus = outerStatus, ...facts } = purchase;
  if (paymentStatus && !/^succe/i.test(paymentStatus)) return reading.fail("a purchase whose payment has not succeeded");
  if (facts.purchaseId === "0") return reading.fail("a purchase without an id");
  return Object.freeze(facts);
});
