/** basket/addpriceditem: puts an item into a basket at a price of the caller's own. */
import { endpoint } from "../../upstream/endpoint.js";
import { inside } from "../../upstream/xml/decode.js";
import { id, optional, text } from "../../upstream/request/params.js";
import { basketElement } from "../decoders.js";

export const basketAddPricedItem = endpoint({
  path: "basket/addpriceditem",
  auth: "consumer",
  effect: "write",
  params: { basketId: id, price: text, releaseId: id, trackId: optional(id) },
  result: inside("basket", basketElement),
});
