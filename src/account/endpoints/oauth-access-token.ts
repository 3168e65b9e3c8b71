/** oauth/accesstoken: a user's token for an authorised request token, which is spent by it. The session's user is the request token. */
import { endpoint } from "../../upstream/endpoint.js";
import { accessToken } from "../decoders.js";

export const oauthAccessToken = endpoint({
  path: "oauth/accesstoken",
  auth: "user",
  effect: "write",
  params: {},
  result: accessToken,
});
