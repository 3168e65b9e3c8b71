/** Methods to sign users in and to create them. @see API document, "OAuth" */
import { done } from "../shared/done.js";
import { endpoint } from "../upstream/endpoint.js";
import { id, optional, text } from "../upstream/request/params.js";
import { accessToken, newUser, requestToken } from "./decoders.js";

/** oauth/requesttoken: a token for a user to authorise. By GET, for a POST is not answered with a document. */
export const oauthRequestToken = endpoint({
  path: "oauth/requesttoken",
  auth: "consumer",
  effect: "write",
  params: { xoauth_client_identifier: optional(text) },
  result: requestToken,
});

/** oauth/requestToken/authorise: authorises a request token by the user's name and password, for trusted partners. By POST, so that the
 *  password stands in no URL. */
export const oauthRequestTokenAuthorise = endpoint({
  path: "oauth/requestToken/authorise",
  verb: "POST",
  auth: "consumer",
  effect: "write",
  params: { username: text, password: text, token: text },
  result: done,
});

/** oauth/accesstoken: a user's token for an authorised request token, which is spent by it. The session's user is the request token. */
export const oauthAccessToken = endpoint({
  path: "oauth/accesstoken",
  auth: "user",
  effect: "write",
  params: {},
  result: accessToken,
});

/** user/create: a user whom the partner manages, behind the partner's own identifier. */
export const userCreate = endpoint({
  path: "user/create",
  auth: "consumer",
  effect: "write",
  params: { userId: id, emailAddress: optional(text) },
  result: newUser,
});

/** user/signup: a user of 7digital's, with a password of their own. */
export const userSignup = endpoint({
  path: "user/signup",
  verb: "POST",
  auth: "consumer",
  effect: "write",
  params: { emailAddress: text, password: text },
  result: newUser,
});
