/** basket/create: makes an empty basket. */
import { endpoint } from "../../upstream/endpoint.js";
import { inside } from "../../upstream/xml/decode.js";
import { basketElement } from "../decoders.js";

export const basketCreate = endpoint({
  path: "basket/create",
  auth: "key",
  effect: "write",
  params: {},
  result: inside("basket", basketElement),
});
