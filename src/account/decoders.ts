/** How answers about accounts read. */
import { child, inside, object, optionalAttribute, required } from "../upstream/decode.js";
import { text, token } from "../upstream/values.js";

/** Of a request token and of an access token alike. */
const oauthToken = object({ key: required("oauth_token", token), secret: required("oauth_token_secret", token) });

export const requestToken = inside("oauth_request_token", oauthToken);
export const accessToken = inside("oauth_access_token", oauthToken);

const user = object({ userId: optionalAttribute("id"), emailAddress: child("emailAddress", text) }, ["type"]);

/** A new user. What user/create answers is not documented; that it says ok is all that is needed. */
export const newUser = object({ user: child("user", user) });

/** An answer that says ok, and nothing else. */
export const done = (): true => true;
