/** basket/addItem: puts a release or a track into a basket. Sent twice, it is in there twice. */
import { endpoint } from "../../upstream/endpoint.js";
import { inside } from "../../upstream/xml/decode.js";
import { id, optional } from "../../upstream/request/params.js";
import { basketElement } from "../decoders.js";

export const basketAddItem = endpoint({
  path: "basket/addItem",
  auth: "key",
  effect: "write",
  params: { basketId: id, releaseId: id, trackId: optional(id), packageId: optional(id), affiliatePartner: optional(id) },
  result: inside("basket", basketElement),
});
