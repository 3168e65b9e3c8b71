/** oauth/*: how a consumer comes by a user's token. @see API document, "3-legged OAuth" */

import type { OAuthToken } from "../accounts/model.js";
import { ApiError, unauthorised } from "../api/errors.js";
import { method, type Answer, type Asked, type Method } from "../api/method.js";
import { notValid, optional, required, text } from "../api/parameters.js";
import { element } from "../api/xml.js";

const requestToken = method({
  path: "oauth/requesttoken",
  auth: "signed",
  verbs: ["GET", "POST"],
  maxAgeSeconds: null,
  parameters: { xoauth_client_identifier: optional(text) },
  answer({ xoauth_client_identifier: clientIdentifier = null }, asked) {
    return tokenAnswer("oauth_request_token", asked.accounts.issueRequestToken(clientIdentifier), asked);
  },
});

const accessToken = method({
  path: "oauth/accesstoken",
  auth: "signed",
  verbs: ["GET", "POST"],
  maxAgeSeconds: null,
  parameters: {},
  answer(_none, asked) {
    const granted = asked.accounts.exchange(asked.token ?? "");
    if (granted === undefined) throw unauthorised("Access to resource denied", "Request token is not authorised");
    return tokenAnswer("oauth_access_token", granted, asked);
  },
});

/** For trusted partners only, who know the user's password. */
const authorise = method({
  path: "oauth/requestToken/authorise",
  auth: "signed",
  verbs: ["GET", "POST"],
  maxAgeSeconds: null,
  parameters: { username: required(text), password: required(text), token: required(text) },
  answer({ username, password, token }, { accounts }) {
    if (accounts.requestToken(token) === undefined) throw notValid("token");
    const user = accounts.signIn(username, password);
    if (user === undefined) throw new ApiError(2001, "User not found");
    accounts.authorise(token, user);
    return null;
  },
});

/** A POST is answered as RFC 5849 has it, a GET with the document's XML. */
function tokenAnswer(name: string, { token, secret }: OAuthToken, { verb }: Asked): Answer {
  if (verb === "POST") {
    return {
      form: [
        ["oauth_token", token],
        ["oauth_token_secret", secret],
      ],
    };
  }
  return element(name, [element("oauth_token", token), element("oauth_token_secret", secret)]);
}

export const oauthMethods: readonly Method[] = [requestToken, accessToken, authorise];
