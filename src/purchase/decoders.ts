/** What proves a sale: a purchase with an id, and nothing beside it that says otherwise. */
import { child, mapped, object, required, type Decoder } from "../upstream/decode.js";
import { token } from "../upstream/values.js";
import { purchaseMembers, type PurchaseFacts } from "../locker/decoders.js";

/** Recorded of baskets, should it ever come with a purchase. */
const payment = { paymentStatus: child("paymentStatus", token) };
const answer = object({ ...payment, purchase: required("purchase", object({ ...purchaseMembers, ...payment })) });

export const sale: Decoder<PurchaseFacts> = mapped(answer, ({ purchase, paymentStatus: besides }, reading) => {
  const { paymentStatus = besides, ...told } = purchase;
  if (paymentStatus && !/^succe/i.test(paymentStatus)) return reading.fail("a purchase whose payment has not succeeded");
  if (told.purchaseId === "0") return reading.fail("a purchase without an id");
  return Object.freeze(told);
});
