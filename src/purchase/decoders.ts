/** Responses of methods that sell, and of those around payments. */
import { attribute, child, inside, mapped, object, optionalAttribute, required, type Decoder } from "../upstream/xml/decode.js";
import { decimal, moment, numericId, token } from "../upstream/xml/values.js";
import { purchaseMembers, type PurchaseFacts } from "../locker/decoders.js";

/** Recorded in answers about baskets, and checked in case a purchase has it too. */
const payment = { paymentStatus: child("paymentStatus", token) };
const answer = object({ ...payment, purchase: required("purchase", object({ ...purchaseMembers, ...payment })) });

/** Proof of a sale: a purchase with an id, and no payment status that contradicts it. */
export const sale: Decoder<PurchaseFacts> = mapped(answer, ({ purchase, paymentStatus: outerStatus }, reading) => {
  const { paymentStatus = outerStatus, ...facts } = purchase;
  if (paymentStatus && !/^succe/i.test(paymentStatus)) return reading.fail("a purchase whose payment has not succeeded");
  if (facts.purchaseId === "0") return reading.fail("a purchase without an id");
  return Object.freeze(facts);
});

export const preparedPayment = inside(
  "preparePayment",
  object({
    paymentToken: attribute("paymentToken"),
    /** "False" or "True". */
    autoFulfilled: optionalAttribute("autoFulfilled"),
    preparePaymentDate: child("preparePaymentDate", moment),
  }),
);

const amountOfUser = { userId: child("userId", numericId), amount: child("amount", decimal) };

export const transaction = inside(
  "transaction",
  object({ transactionId: attribute("id"), cardId: child("cardId", numericId), ...amountOfUser }),
);

export const refund = inside(
  "refund",
  object({
    refundId: attribute("id"),
    transactionId: child("transactionId", numericId),
    ...amountOfUser,
    currencyCode: child("currencyCode", token),
  }),
);
