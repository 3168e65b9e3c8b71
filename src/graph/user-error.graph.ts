/** User errors in the graph. */
import { builder } from "./builder.js";
import { countryOf, shopIdOf } from "../shared/store.js";
import type { InputErrorFacts, UnavailableInContextFacts, UserErrorFacts } from "../shared/user-error.js";

export const userErrorCode = builder.enumType("UserErrorCode", {
  description: "Codes of user errors.",
  values: {
    INVALID: { description: "A value of the input is not valid. `field` names it." },
    NOT_FOUND: { description: "It does not exist." },
    UNAVAILABLE_IN_CONTEXT: { description: "The item exists, but is not sold in this store." },
    ALREADY_EXISTS: { description: "A user with this ID or e-mail address, or this sale, exists already." },
    UNAUTHENTICATED: { description: "The user has to sign in, or sign in again." },
    CARD_EXPIRED: { description: "The user's card has expired. Open `addCardUrl` in the user's browser." },
    CARD_MISSING: { description: "The user has no card. Open `addCardUrl` in the user's browser." },
    PAYMENT_FAILED: {
      description: "The bank declined the payment, and 7digital no longer uses the card. Open `addCardUrl` in the user's browser.",
    },
    PRICE_CHANGED: {
      description: "The price has changed since it was shown. Nothing was charged. Show the current price and ask the user again.",
    },
    VOUCHER_REJECTED: { description: "The voucher is not valid, has expired, was used, or applies to nothing in the basket." },
    IDEMPOTENCY_KEY_REUSED: { description: "The idempotency key was used for another purchase. Use a new key for each purchase." },
    EARLIER_ATTEMPT: {
      description: "An earlier purchase of the same item is in progress or may have been charged. This one was not sent. See `attempts`.",
    },
    OUTCOME_UNKNOWN: { description: "The outcome is unknown: it may have happened. Query the outcome before you send it again." },
    NOT_SENT: { description: "Nothing reached 7digital. Send the same request again, with the same idempotency key if it has one." },
    RATE_LIMITED: { description: "Too many requests in a short time. Nothing happened. Try again later." },
  },
} as const);

export const userErrorRef = builder.interfaceRef<UserErrorFacts>("UserError").implement({
  description: "Something that you or your user can act on: why a mutation did not do what was requested.",
  fields: (t) => ({
    message: t.exposeString("message", {
      nullable: false,
      description: "What happened and what to do, in English, for developers. To your users, show your own text by `code`.",
    }),
    code: t.expose("code", { type: userErrorCode, nullable: false, description: "What happened, as a code for programs." }),
    field: t.exposeStringList("field", {
      description: 'Path of the input field, relative to `input`, e.g. ["lines", "1", "itemId"]. Null if the error belongs to no field.',
    }),
    retryable: t.exposeBoolean("retryable", {
      nullable: false,
      description: "Whether the same request may succeed later.",
    }),
  }),
  resolveType: ({ type }) => type,
});

builder.objectRef<InputErrorFacts>("InputError").implement({
  description: "A value of the input is not valid, or refers to something that does not exist.",
  interfaces: [userErrorRef],
  fields: (t) => ({
    upstreamCode: t.int({
      description: "7digital's own error code, e.g. 2001. Null if the input was rejected before any call to 7digital.",
      resolve: ({ upstreamCode }) => upstreamCode ?? null,
    }),
    upstreamMessage: t.string({
      description:
        "7digital's own message, in English, for developers. Null if the input was rejected before any call to 7digital, and for signed calls.",
      resolve: ({ upstreamMessage }) => upstreamMessage ?? null,
    }),
  }),
});

builder.objectRef<UnavailableInContextFacts>("UnavailableInContextError").implement({
  description: "The item exists, but is not sold in this store (7digital's error 2002).",
  interfaces: [userErrorRef],
  fields: (t) => ({
    country: t.field({
      type: "CountryCode",
      description: "Country of the store. Null if it is a shop.",
      resolve: ({ store }) => countryOf(store),
    }),
    shopId: t.id({
      description: "ID of the shop. Null if it is a country's store.",
      resolve: ({ store }) => shopIdOf(store),
    }),
  }),
});

builder.objectRef<UserErrorFacts>("OperationError").implement({
  description: "An error without fields of its own. `code` says what happened.",
  interfaces: [userErrorRef],
});
