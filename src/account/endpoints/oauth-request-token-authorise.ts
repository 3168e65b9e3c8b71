/** oauth/requestToken/authorise: authorises a request token by the user's name and password, for trusted partners. By POST, so that the
 *  password stands in no URL. */
import { endpoint } from "../../upstream/endpoint.js";
import { text } from "../../upstream/request/params.js";
import { done } from "../decoders.js";

export const oauthRequestTokenAuthorise = endpoint({
  path: "oauth/requestToken/authorise",
  verb: "POST",
  auth: "consumer",
  effect: "write",
  params: { username: text, password: text, token: text },
  result: done,
});
