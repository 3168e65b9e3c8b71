/** Methods that sell. @see API document, "Purchasing" and "Custom pricing" */
import { endpoint, type ParamSpecs } from "../upstream/endpoint.js";
import { id, optional, prefixed, text } from "../upstream/request/params.js";
import { sale } from "./decoders.js";

/** Declares a method that sells to the user: by its effect it is sent once. */
function sellingMethod<S extends ParamSpecs>(declared: { readonly path: string; readonly params: S }) {
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
