/** user/details, user/authenticate, users, users/{id}/update and user/unlimitedStreaming: what a partner asks about users. Written from recorded
 *  answers, from 7digital's own client, and from the examples of 7digital's later documentation. */

import type { Subscription, User } from "../accounts/model.js";
import { ApiError } from "../api/errors.js";
import { method, type Asked, type Method } from "../api/method.js";
import { emailAddress, id, notValid, oneOf, optional, required, text } from "../api/parameters.js";
import { element, type XmlElement } from "../api/xml.js";
import { userElement } from "./user-methods.js";

const details = method({
  path: "user/details",
  auth: "signed",
  maxAgeSeconds: null,
  parameters: { userId: required(text) },
  answer: ({ userId }, asked) => userElement(namedUser(userId, asked)),
});

/** A partner's identifier, or 7digital's own id. */
function namedUser(userId: string, { accounts }: Asked): User {
  const found = accounts.userOfPartner(userId) ?? (/^\d{1,10}$/.test(userId) ? accounts.user(Number(userId)) : undefined);
  if (found !== undefined) return found;
  if (/^\d+$/.test(userId)) throw new ApiError(2001, "User not found");
  throw new ApiError(1002, `Value of parameter userId is not valid: ${userId}`);
}

const authenticate = method({
  path: "user/authenticate",
  auth: "signed",
  verbs: ["POST"],
  maxAgeSeconds: null,
  parameters: { emailAddress: required(text), password: required(text) },
  answer(given, { accounts }) {
    const user = accounts.signIn(given.emailAddress, given.password);
    if (user === undefined) throw new ApiError(2001, "User not found");
    return userElement(user);
  },
});

const find = method({
  path: "users",
  auth: "signed",
  maxAgeSeconds: null,
  parameters: { emailAddress: required(emailAddress) },
  answer: (given, { accounts }) => element("users", accounts.usersAt(given.emailAddress).map(userElement)),
});

/** A user changes no other user. */
const update = method({
  path: "users/{id}/update",
  auth: "user",
  verbs: ["PUT"],
  maxAgeSeconds: null,
  parameters: { id: required(id), emailAddress: optional(emailAddress), password: optional(text) },
  answer(given, { accounts, user }) {
    if (user?.id !== given.id) throw new ApiError(2001, "User not found");
    return element("users", [userElement(accounts.updateUser(user, given))]);
  },
});

const subscription = method({
  path: "user/unlimitedStreaming",
  auth: "user",
  maxAgeSeconds: null,
  parameters: {},
  answer: (_none, { accounts, user }) => streamingElement(user === null ? undefined : accounts.subscriptionOf(user)),
});

/** A partner charges for subscriptions, and reports each period. */
const report = method({
  path: "user/unlimitedStreaming",
  auth: "signed",
  verbs: ["POST"],
  maxAgeSeconds: null,
  parameters: {
    userId: required(text),
    planCode: required(text),
    status: required(oneOf("active", "expired")),
    currency: required(text),
    recurringFee: required(text),
    activatedAt: required(text),
    currentPeriodStartDate: required(text),
    trialEndsAt: optional(text),
    expiryDate: required(text),
  },
  answer(given, asked) {
    const user = namedUser(given.userId, asked);
    const reported = subscriptionIn(given, asked.now);
    asked.accounts.subscribe(user, reported);
    return streamingElement(reported);
  },
});

interface Report {
  readonly planCode: string;
  readonly currency: string;
  readonly recurringFee: string;
  readonly activatedAt: string;
  readonly currentPeriodStartDate: string;
  readonly trialEndsAt: string | undefined;
  readonly expiryDate: string;
}

function subscriptionIn(given: Report, nowMs: number): Subscription {
  const [, level] = /^(premium|standard|trial)-unlimited-streaming$/.exec(given.planCode) ?? [];
  if (level === undefined) throw notValid("planCode");
  if (!/^\d+$/.test(given.recurringFee)) throw notValid("recurringFee");
  if (!/^[A-Z]{3}$/.test(given.currency)) throw notValid("currency");
  const activated = momentIn("activatedAt", given.activatedAt);
  if (activated > nowMs) throw notValid("activatedAt");
  if (momentIn("currentPeriodStartDate", given.currentPeriodStartDate) < activated) throw notValid("currentPeriodStartDate");
  if ((level === "trial") !== (given.trialEndsAt !== undefined)) throw notValid("trialEndsAt");
  return { level, expiresAtMs: momentIn("expiryDate", given.expiryDate) };
}

/** In UTC, as the later documentation writes it. */
function momentIn(name: string, value: string): number {
  const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(moment)) throw notValid(name);
  return moment;
}

/** Nothing for a user without a subscription. */
function streamingElement(found: Subscription | undefined): XmlElement | null {
  if (found === undefined) return null;
  const expiryDate = new Date(found.expiresAtMs).toISOString().replace(/\.\d+Z$/, "Z");
  return element("streaming", [element("level", found.level), element("expiryDate", expiryDate)]);
}

export const accountMethods: readonly Method[] = [details, authenticate, find, update, subscription, report];
