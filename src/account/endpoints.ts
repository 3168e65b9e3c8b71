/** Methods of users: signing in, accounts, payment cards and subscriptions. @see API document, "OAuth" */
import { done } from "../shared/done.js";
import { endpoint } from "../upstream/endpoint.js";
import { id, integer, optional, text } from "../upstream/request/params.js";
import { cardRegistration, cards, cardTypes } from "./card-decoders.js";
import { accessToken, changedUser, newUser, oneUser, requestToken, streamingSubscription, users } from "./decoders.js";

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

/** user/details: who is behind an ID. 7digital takes the ID, and no token. */
export const userDetails = endpoint({
  path: "user/details",
  auth: "consumer",
  effect: "read",
  params: { userId: text },
  result: oneUser,
});

/** user/authenticate: whether a password is that of the user with an e-mail address, and who that is. */
export const userAuthenticate = endpoint({
  path: "user/authenticate",
  verb: "POST",
  auth: "consumer",
  effect: "write",
  params: { emailAddress: text, password: text },
  result: oneUser,
});

/** users: the users with an e-mail address. */
export const usersFind = endpoint({
  path: "users",
  auth: "consumer",
  effect: "read",
  params: { emailAddress: text },
  result: users,
});

/** users/{id}/update: changes the user's address or password. */
export const usersUpdate = endpoint({
  path: "users/{id}/update",
  verb: "PUT",
  auth: "user",
  effect: "write",
  params: { id, emailAddress: optional(text), password: optional(text) },
  result: changedUser,
});

/** payment/card/type: the kinds of card that 7digital takes. */
export const paymentCardType = endpoint({
  path: "payment/card/type",
  auth: "key",
  effect: "read",
  params: {},
  result: cardTypes,
});

/** user/payment/card: the user's cards. */
export const userPaymentCard = endpoint({
  path: "user/payment/card",
  auth: "user",
  effect: "read",
  params: {},
  result: cards,
});

/** user/payment/card/select: makes a card the one that pays. */
export const userPaymentCardSelect = endpoint({
  path: "user/payment/card/select",
  verb: "POST",
  auth: "user",
  effect: "write",
  params: { cardId: id },
  result: done,
});

/** user/payment/card/delete: removes a card. */
export const userPaymentCardDelete = endpoint({
  path: "user/payment/card/delete",
  verb: "POST",
  auth: "user",
  effect: "write",
  params: { cardId: id },
  result: done,
});

/** user/payment/cardregistration: prepares a card that the user's browser sends to 7digital. */
export const userPaymentCardRegistrationCreate = endpoint({
  path: "user/payment/cardregistration",
  verb: "POST",
  auth: "user",
  effect: "write",
  params: { redirectUrl: text },
  result: cardRegistration,
});

/** user/payment/cardregistration/{id}: what became of it. */
export const userPaymentCardRegistration = endpoint({
  path: "user/payment/cardregistration/{id}",
  auth: "user",
  effect: "read",
  readsFailure: true,
  params: { id },
  result: cardRegistration,
});

/** user/unlimitedStreaming: the user's subscription. */
export const userUnlimitedStreaming = endpoint({
  path: "user/unlimitedStreaming",
  auth: "user",
  effect: "read",
  params: {},
  result: streamingSubscription,
});

/** user/unlimitedStreaming by POST: a partner reports a period of a subscription, which it charges itself. */
export const userUnlimitedStreamingUpdate = endpoint({
  path: "user/unlimitedStreaming",
  verb: "POST",
  auth: "consumer",
  effect: "write",
  params: {
    userId: text,
    planCode: text,
    status: text,
    currency: text,
    recurringFee: integer,
    activatedAt: text,
    currentPeriodStartDate: text,
    trialEndsAt: optional(text),
    expiryDate: text,
  },
  result: streamingSubscription,
});
