/** user/signup and user/create: new users of 7digital, and of a partner. @see API document, "Introduction" for user/signup */

import type { User } from "../accounts/model.js";
import { method, type Method } from "../api/method.js";
import { emailAddress, optional, required, text } from "../api/parameters.js";
import { element, type XmlElement } from "../api/xml.js";

const signup = method({
  path: "user/signup",
  auth: "signed",
  verbs: ["POST"],
  maxAgeSeconds: null,
  parameters: { emailAddress: required(emailAddress), password: required(text) },
  answer: (given, { accounts }) => userElement(accounts.signUp(given.emailAddress, given.password)),
});

const create = method({
  path: "user/create",
  auth: "signed",
  maxAgeSeconds: null,
  parameters: { userId: required(text), emailAddress: optional(emailAddress) },
  answer: (given, { accounts }) => userElement(accounts.createPartnerUser(given.userId, given.emailAddress ?? null)),
});

export function userElement({ id, partnerUserId, emailAddress: address }: User): XmlElement {
  const type = partnerUserId === null ? "7digital" : "partner";
  return element("user", [element("type", type), element("emailAddress", address)], { id });
}

export const userMethods: readonly Method[] = [signup, create];
