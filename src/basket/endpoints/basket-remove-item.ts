/** basket/removeItem: takes a line out of a basket. */
import { endpoint } from "../../upstream/endpoint.js";
import { inside } from "../../upstream/xml/decode.js";
import { id } from "../../upstream/request/params.js";
import { basketElement } from "../decoders.js";

export const basketRemoveItem = endpoint({
  path: "basket/removeItem",
  auth: "key",
  effect: "write",
  params: { basketId: id, itemId: id },
  result: inside("basket", basketElement),
});
