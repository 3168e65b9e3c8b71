/** basket: a basket with all that is in it. It changes at any time, so it is not kept. */
import { endpoint } from "../../upstream/endpoint.js";
import { inside } from "../../upstream/xml/decode.js";
import { id } from "../../upstream/request/params.js";
import { basketElement } from "../decoders.js";

export const basket = endpoint({
  path: "basket",
  auth: "key",
  effect: "read",
  uncached: true,
  params: { basketId: id },
  result: inside("basket", basketElement),
});
