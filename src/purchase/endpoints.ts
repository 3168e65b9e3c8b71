/** Methods that sell. @see API document, "Purchasing" and "Custom pricing" */
import { done } from "../shared/done.js";
import { endpoint, type Declaration, type ParamSpecs, type Verb } from "../upstream/endpoint.js";
import { id, optional, prefixed, text } from "../upstream/request/params.js";
import { preparedPayment, refund, sale, transaction } from "./decoders.js";

/** Declares a method that sells to the user: by its effect it is sent once. */
function sellingMethod<S extends ParamSpecs, N extends string, V extends Verb = "GET">(
  declared: Pick<Declaration<S, unknown, N, V>, "path" | "verb" | "params">,
) {
  return endpoint({ ...declared, auth: "user", effect: "money", result: sale });
}

/** user/purchase/item: buys a release or a track at the price of the shop, if it still is that price. */
export const userPurchaseItem = sellingMethod({
  path: "user/purchase/item",
  params: { releaseId: id, trackId: optional(id), price: text, tags: prefixed("tag_") },
});

/** user/purchase/rrpItem: buys a release or a track at its recommended retail price, if it still is that price. */
export const userPurchaseRrpItem = sellingMethod({
  path: "user/purchase/rrpItem",
  params: { releaseId: id, trackId: optional(id), price: text, tags: prefixed("tag_") },
});

/** user/purchase/basket: buys all that is in a basket. */
export const userPurchaseBasket = sellingMethod({
  path: "user/purchase/basket",
  params: { basketId: text, tags: prefixed("tag_") },
});

/** user/purchase/priceditem: buys a release or a track at a price of the partner's own. */
export const userPurchasePricedItem = sellingMethod({
  path: "user/purchase/priceditem",
  params: { releaseId: id, trackId: optional(id), price: text },
});

/** user/deliveritem: gives a release or a track to a user who has paid elsewhere. */
export const userDeliverItem = sellingMethod({
  path: "user/deliveritem",
  params: { releaseId: id, trackId: optional(id), transactionId: text, retailPrice: optional(text), emailAddress: optional(text) },
});

/** basket/completepaypalpurchase: buys all that is in a basket with a checkout that the customer has approved at PayPal. */
export const basketCompletePayPalPurchase = sellingMethod({
  path: "basket/completepaypalpurchase",
  verb: "POST",
  params: { basketId: id, token: text },
});

/** user/purchase/prepare: prepares a payment for a basket, for a page of the payment provider. It is in 7digital's stub of the API. */
export const userPurchasePrepare = endpoint({
  path: "user/purchase/prepare",
  auth: "user",
  effect: "write",
  params: { basketId: id },
  result: preparedPayment,
});

/** user/payment/makePayment: charges the user's card. It is in an early stub of 7digital's. */
export const userMakePayment = endpoint({
  path: "user/payment/makePayment",
  verb: "POST",
  auth: "user",
  effect: "money",
  params: { amount: text },
  result: transaction,
});

/** user/payment/refund: pays a transaction back. It is in an early stub of 7digital's. */
export const userRefund = endpoint({
  path: "user/payment/refund",
  verb: "POST",
  auth: "user",
  effect: "money",
  params: { transactionId: id },
  result: refund,
});

/** user/purchase/{purchaseId}/release/{releaseId}: takes a refunded release out of the report of sales. No response is known, so it only has to
 *  say ok. */
export const userPurchaseReleaseDelete = endpoint({
  path: "user/purchase/{purchaseId}/release/{releaseId}",
  verb: "DELETE",
  auth: "user",
  effect: "money",
  params: { purchaseId: id, releaseId: id },
  result: done,
});

/** user/purchase/{purchaseId}/track/{trackId}: the same for a track. */
export const userPurchaseTrackDelete = endpoint({
  path: "user/purchase/{purchaseId}/track/{trackId}",
  verb: "DELETE",
  auth: "user",
  effect: "money",
  params: { purchaseId: id, trackId: id },
  result: done,
});
