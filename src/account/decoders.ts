/** Decoders of answers about accounts. */
import { child, inside, object, optionalAttribute, required } from "../upstream/xml/decode.js";
import { text, token } from "../upstream/xml/values.js";

/** Both a request token and an access token. */
const oauthToken = object({ key: required("oauth_token", token), secret: required("oauth_token_secret", token) });

export const requestToken = inside("oauth_request_token", oauthToken);
export const accessToken = inside("oauth_access_token", oauthToken);

const user = object({ userId: optionalAttribute("id"), emailAddress: child("emailAddress", text) }, ["type"]);

/** A new user. The answer of user/create is not documented; it only has to say ok. */
export const newUser = object({ user: child("user", user) });
