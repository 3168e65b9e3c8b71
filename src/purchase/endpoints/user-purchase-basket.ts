/** user/purchase/basket: buys all that is in a basket. */
import { endpoint } from "../../upstream/endpoint.js";
import { prefixed, text } from "../../upstream/request/params.js";
import { sale } from "../decoders.js";

export const userPurchaseBasket = endpoint({
  path: "user/purchase/basket",
  auth: "user",
  effect: "money",
  params: { basketId: text, tags: prefixed("tag_") },
  result: sale,
});
