import { expect, it } from "vitest";
import {
  basketCompletePayPalPurchase,
  userMakePayment,
  userPurchasePrepare,
  userPurchaseReleaseDelete,
  userPurchaseTrackDelete,
  userRefund,
} from "../../../../src/purchase/endpoints.js";
import { decoded } from "../../../support/decoded.js";

it("basket/completepaypalpurchase: is proof of a purchase by its ID alone, and is sent once", () => {
  expect(decoded(basketCompletePayPalPurchase, `<purchase id="7"></purchase>`)).toMatchObject({ purchaseId: "7" });
  expect(() => decoded(basketCompletePayPalPurchase, `<purchase id="0"></purchase>`)).toThrow("a purchase without an id");
  expect(basketCompletePayPalPurchase).toMatchObject({ verb: "POST", auth: "user", effect: "money" });
});

it("user/purchase/prepare: gives the token of the payment", () => {
  const payment = `<preparePayment paymentToken="15-62" autoFulfilled="False"><preparePaymentDate>2019-04-16T15:23:10+01:00</preparePaymentDate></preparePayment>`;
  expect(decoded(userPurchasePrepare, payment)).toEqual({
    paymentToken: "15-62",
    autoFulfilled: "False",
    preparePaymentDate: "2019-04-16T15:23:10+01:00",
  });
});

it("user/payment/makePayment: gives the transaction", () => {
  const transaction = `<transaction id="3"><userId>1</userId><cardId>14</cardId><amount>5</amount></transaction>`;
  expect(decoded(userMakePayment, transaction)).toEqual({ transactionId: "3", userId: "1", cardId: "14", amount: "5" });
  expect(userMakePayment.effect).toBe("money");
});

it("user/payment/refund: gives the refund and its transaction", () => {
  const refund = `<refund id="12"><transactionId>3</transactionId><userId>1</userId><amount>1.10</amount><currencyCode>GBP</currencyCode></refund>`;
  expect(decoded(userRefund, refund)).toEqual({ refundId: "12", transactionId: "3", userId: "1", amount: "1.10", currencyCode: "GBP" });
  expect(userRefund.effect).toBe("money");
});

it("user/purchase/{purchaseId}/release/{releaseId}: only has to say ok", () => {
  expect(decoded(userPurchaseReleaseDelete, "")).toBe(true);
  expect(userPurchaseReleaseDelete).toMatchObject({ verb: "DELETE", effect: "money" });
});

it("user/purchase/{purchaseId}/track/{trackId}: only has to say ok", () => {
  expect(decoded(userPurchaseTrackDelete, "")).toBe(true);
  expect(userPurchaseTrackDelete).toMatchObject({ verb: "DELETE", effect: "money" });
});
