/** user/purchase/rrpItem: buys a release or a track at its recommended retail price, if it still is that price. */
import { endpoint } from "../../upstream/endpoint.js";
import { id, optional, prefixed, text } from "../../upstream/request/params.js";
import { sale } from "../decoders.js";

export const userPurchaseRrpItem = endpoint({
  path: "user/purchase/rrpItem",
  auth: "user",
  effect: "money",
  params: { releaseId: id, trackId: optional(id), price: text, tags: prefixed("tag_") },
  result: sale,
});
