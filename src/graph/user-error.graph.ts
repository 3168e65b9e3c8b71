/** User errors in the graph. */
import { builder } from "./builder.js";
import { countryOf, shopIdOf } from "../shared/store.js";
import type { InputErrorFacts, UnavailableInContextFacts, UserErrorFacts } from "../shared/user-error.js";

export const userErrorCode = builder.enumType("UserErrorCode", {
  description: "Why a mutation did not do what was asked.",
  values: {
    INVALID: { description: "Something in the input is wrong: `field` says where." },
    NOT_FOUND: { description: "There is no such thing." },
    UNAVAILABLE_IN_CONTEXT: { description: "It exists, but not in the store that was asked." },
    ALREADY_EXISTS: { description: "A user with this ID or e-mail address exists already." },
    UNAUTHENTICATED: { description: "A user has to sign in, or to sign in again." },
    CARD_EXPIRED: { description: "The user's card has expired: lead them to `addCardUrl`." },
    CARD_MISSING: { description: "The user has no card: lead them to `addCardUrl`." },
    PAYMENT_FAILED: { description: "The bank declined, and 7digital no longer uses the card: lead the user to `addCardUrl`." },
    PRICE_CHANGED: { description: "The price is not the one that was shown. Nothing was charged: show the current one and ask again." },
    VOUCHER_REJECTED: { description: "The voucher is not valid, has expired, is used up, or fits nothing in the basket." },
    IDEMPOTENCY_KEY_REUSED: { description: "The key was used for another purchase: make a new key for a new purchase." },
    EARLIER_ATTEMPT: {
      description: "An earlier purchase of the same thing may have been charged, or is under way. This one was not sent: see `attempts`.",
    },
    OUTCOME_UNKNOWN: { description: "It may have happened. Ask how it ended before doing it again." },
    NOT_SENT: { description: "Nothing of this request reached 7digital: send the same again, with the same key where it has one." },
    RATE_LIMITED: { description: "Too much was asked in too short a time, of 7digital or of us. Nothing happened: try again later." },
  },
} as const);

export const userErrorRef = builder.interfaceRef<UserErrorFacts>("UserError").implement({
  description: "Why a mutation did not do what was asked, for people and for programs.",
  fields: (t) => ({
    message: t.exposeString("message", {
      nullable: false,
      description: "What happened and what to do, in English. Show your own words by `code`.",
    }),
    code: t.expose("code", { type: userErrorCode, nullable: false, description: "What happened, for programs." }),
    field: t.exposeStringList("field", {
      description: 'Path of the input field, relative to `input`, e.g. ["lines", "1", "itemId"]. Null if the error belongs to no field.',
    }),
    retryable: t.exposeBoolean("retryable", {
      nullable: false,
      description: "Whether the same may work when it is sent again, unchanged.",
    }),
  }),
  resolveType: ({ type }) => type,
});

builder.objectRef<InputErrorFacts>("InputError").implement({
  description: "Something in the input is wrong, or names what is not there.",
  interfaces: [userErrorRef],
  fields: (t) => ({
    upstreamCode: t.int({
      description: "7digital's own error code. Null if we refused ourselves.",
      resolve: ({ upstreamCode }) => upstreamCode ?? null,
    }),
  }),
});

builder.objectRef<UnavailableInContextFacts>("UnavailableInContextError").implement({
  description: "It exists, but not in the store that was asked (7digital's error 2002).",
  interfaces: [userErrorRef],
  fields: (t) => ({
    country: t.field({
      type: "CountryCode",
      description: "The country whose store was asked. Null if it was a shop.",
      resolve: ({ store }) => countryOf(store),
    }),
    shopId: t.id({
      description: "The shop that was asked. Null if it was a country's store.",
      resolve: ({ store }) => shopIdOf(store),
    }),
  }),
});

builder.objectRef<UserErrorFacts>("OperationError").implement({
  description: "An error without further fields: `code` says what happened.",
  interfaces: [userErrorRef],
});
