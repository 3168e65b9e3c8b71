/** user/deliveritem: gives a release or a track to a user who has paid elsewhere. */
import { endpoint } from "../../upstream/endpoint.js";
import { id, optional, text } from "../../upstream/request/params.js";
import { sale } from "../decoders.js";

export const userDeliverItem = endpoint({
  path: "user/deliveritem",
  auth: "user",
  effect: "money",
  params: { releaseId: id, trackId: optional(id), transactionId: text, retailPrice: optional(text), emailAddress: optional(text) },
  result: sale,
});
