/** user/create: a user whom the partner manages, behind the partner's own identifier. */
import { endpoint } from "../../upstream/endpoint.js";
import { id, optional, text } from "../../upstream/request/params.js";
import { newUser } from "../decoders.js";

export const userCreate = endpoint({
  path: "user/create",
  auth: "consumer",
  effect: "write",
  params: { userId: id, emailAddress: optional(text) },
  result: newUser,
});
