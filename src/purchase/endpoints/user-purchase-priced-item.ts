/** user/purchase/priceditem: buys a release or a track at a price of the partner's own. */
import { endpoint } from "../../upstream/endpoint.js";
import { id, optional, text } from "../../upstream/request/params.js";
import { sale } from "../decoders.js";

export const userPurchasePricedItem = endpoint({
  path: "user/purchase/priceditem",
  auth: "user",
  effect: "money",
  params: { releaseId: id, trackId: optional(id), price: text },
  result: sale,
});
