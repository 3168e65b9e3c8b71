/** Methods for baskets. @see API document, "Basket" and, for basket/addpriceditem, "Custom pricing" */
import { endpoint } from "../upstream/endpoint.js";
import { id, optional, text } from "../upstream/request/params.js";
import { child, inside, object } from "../upstream/xml/decode.js";
import { httpUrl, needed, token } from "../upstream/xml/values.js";
import { basketElement } from "./decoders.js";

/** basket: a basket with all that is in it. It changes at any time, so it is not kept. */
export const basket = endpoint({
  path: "basket",
  auth: "key",
  effect: "read",
  uncached: true,
  params: { basketId: id },
  result: inside("basket", basketElement),
});

/** basket/create: makes an empty basket. */
export const basketCreate = endpoint({
  path: "basket/create",
  auth: "key",
  effect: "write",
  params: {},
  result: inside("basket", basketElement),
});

/** basket/addItem: puts a release or a track into a basket. Sent twice, it is in there twice. */
export const basketAddItem = endpoint({
  path: "basket/addItem",
  auth: "key",
  effect: "write",
  params: { basketId: id, releaseId: id, trackId: optional(id), packageId: optional(id), affiliatePartner: optional(id) },
  result: inside("basket", basketElement),
});

/** basket/addpriceditem: puts an item into a basket at a price of the caller's own. */
export const basketAddPricedItem = endpoint({
  path: "basket/addpriceditem",
  auth: "consumer",
  effect: "write",
  params: { basketId: id, price: text, releaseId: id, trackId: optional(id) },
  result: inside("basket", basketElement),
});

/** basket/removeItem: takes a line out of a basket. */
export const basketRemoveItem = endpoint({
  path: "basket/removeItem",
  auth: "key",
  effect: "write",
  params: { basketId: id, itemId: id },
  result: inside("basket", basketElement),
});

/** basket/applyVoucher: takes a voucher off what is due. The code goes in the body, where no log of URLs sees it. */
export const basketApplyVoucher = endpoint({
  path: "basket/applyVoucher",
  verb: "POST",
  auth: "consumer",
  effect: "write",
  params: { basketId: id, voucherCode: text },
  result: inside("basket", basketElement),
});

/** basket/paypalurl: begins a checkout at PayPal, and gives the page where the customer approves it. It is in 7digital's own C# client. */
export const basketPayPalUrl = endpoint({
  path: "basket/paypalurl",
  auth: "key",
  effect: "write",
  params: { basketId: id },
  result: inside("expressCheckout", object({ url: child("url", needed(httpUrl)) })),
});

/** basket/{basketId}/status: whether a payment for a basket has succeeded. It is in 7digital's stub of the API. */
export const basketStatus = endpoint({
  path: "basket/{basketId}/status",
  auth: "consumer",
  effect: "read",
  params: { basketId: id },
  result: object({ paymentStatus: child("paymentStatus", token) }),
});
