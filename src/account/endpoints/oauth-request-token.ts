/** oauth/requesttoken: a token for a user to authorise. By GET, for a POST is not answered with a document. */
import { endpoint } from "../../upstream/endpoint.js";
import { optional, text } from "../../upstream/request/params.js";
import { requestToken } from "../decoders.js";

export const oauthRequestToken = endpoint({
  path: "oauth/requesttoken",
  auth: "consumer",
  effect: "write",
  params: { xoauth_client_identifier: optional(text) },
  result: requestToken,
});
