/** Decoders of answers about accounts. */
import { child, inside, listOf, mapped, object, optionalAttribute, required, type Decoded } from "../upstream/xml/decode.js";
import { moment, personal, token } from "../upstream/xml/values.js";

/** Both a request token and an access token. */
const oauthToken = object({ key: required("oauth_token", personal), secret: required("oauth_token_secret", personal) });

export const requestToken = inside("oauth_request_token", oauthToken);
export const accessToken = inside("oauth_access_token", oauthToken);

const user = object({ userId: optionalAttribute("id"), type: child("type", token), emailAddress: child("emailAddress", personal) });
export type UserFacts = Decoded<typeof user>;

/** A new user. The answer of user/create is not documented; it only has to say ok. */
export const newUser = object({ user: child("user", user) });

export const oneUser = inside("user", user);

export const users = inside("users", listOf("user", user));

/** A change is answered with the user, alone or in a list. */
export const changedUser = object({ user: child("user", user), users: child("users", listOf("user", user)) });

const streaming = object({ level: child("level", token), expiryDate: child("expiryDate", moment) });
export type StreamingFacts = Decoded<typeof streaming>;

/** Null for a user without a subscription. */
export const streamingSubscription = mapped(object({ streaming: child("streaming", streaming) }), ({ streaming: found }) => found ?? null);
