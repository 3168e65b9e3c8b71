/** user/purchase/basket: buys all that is in a basket. */
import { endpoint } from "../../upstream/endpoint.js";
import { inside } from "../../upstream/decode.js";
import { prefixed, text } from "../../upstream/params.js";
import { purchase } from "../../locker/decoders.js";

export const userPurchaseBasket = endpoint({
  path: "user/purchase/basket",
  auth: "user",
  effect: "money",
  params: { basketId: text, tags: prefixed("tag_") },
  result: inside("purchase", purchase),
});
