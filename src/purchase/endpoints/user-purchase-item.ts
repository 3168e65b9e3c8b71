/** user/purchase/item: buys a release or a track at the price of the shop, if it still is that price. */
import { endpoint } from "../../upstream/endpoint.js";
import { id, optional, prefixed, text } from "../../upstream/request/params.js";
import { sale } from "../decoders.js";

export const userPurchaseItem = endpoint({
  path: "user/purchase/item",
  auth: "user",
  effect: "money",
  params: { releaseId: id, trackId: optional(id), price: text, tags: prefixed("tag_") },
  result: sale,
});
