/** What proves a sale: a purchase with an id, and nothing beside it that says otherwise. */
import { child, DecodeError, inside, object, token, type Decoder } from "../upstream/decode.js";
import { purchase, type PurchaseFacts } from "../locker/decoders.js";

/** Recorded of baskets, should it ever come with a purchase. */
const payment = object({ paymentStatus: child("paymentStatus", token) });

export const sale: Decoder<PurchaseFacts> = (response) => {
  const told = inside("purchase", purchase)(response);
  const { paymentStatus = payment(response).paymentStatus } = inside("purchase", payment)(response);
  if (paymentStatus && !/^succe/i.test(paymentStatus)) throw new DecodeError("a purchase whose payment has not succeeded");
  if (told.purchaseId === "" || told.purchaseId === "0") throw new DecodeError("a purchase without an id");
  return told;
};
