/** basket/applyVoucher: takes a voucher off what is due. The code goes in the body, where no log of URLs sees it. */
import { endpoint } from "../../upstream/endpoint.js";
import { inside } from "../../upstream/xml/decode.js";
import { id, text } from "../../upstream/request/params.js";
import { basketElement } from "../decoders.js";

export const basketApplyVoucher = endpoint({
  path: "basket/applyVoucher",
  verb: "POST",
  auth: "consumer",
  effect: "write",
  params: { basketId: id, voucherCode: text },
  result: inside("basket", basketElement),
});
