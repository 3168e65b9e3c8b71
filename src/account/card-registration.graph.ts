/** Card registrations: the user's browser sends the card to 7digital, and we only learn what became of it. */
import { builder } from "../graph/builder.js";
import { upstream } from "../graph/field-cost.js";
import { userErrorRef } from "../graph/user-error.graph.js";
import { viewerRef } from "../graph/viewer.graph.js";
import { nullIfNotFound } from "../shared/null-if-not-found.js";
import { badUserInput } from "../shared/client-error.js";
import { readable } from "../upstream/xml/unreadable.js";
import { startRegistration } from "./card-changes.js";
import type { CardRegistrationFacts } from "./card-decoders.js";
import { userPaymentCardRegistration, userPaymentCardRegistrationCreate } from "./endpoints.js";
import type { Outcome } from "./outcome.js";
import { paymentCardRef } from "./payment-card.graph.js";

const status = builder.enumType("PaymentCardRegistrationStatus", {
  description: "What became of a card registration.",
  values: {
    PENDING: { value: "pending", description: "7digital has not got the card yet." },
    COMPLETE: { value: "complete", description: "7digital has added the card." },
    FAILED: { value: "error", description: "7digital has not added the card: see `failure`." },
    UNKNOWN: { value: "unknown", description: "7digital sends no status, or one that is not known here." },
  },
} as const);

type Status = "pending" | "complete" | "error" | "unknown";

function statusOf({ status: sent }: CardRegistrationFacts): Status {
  const word = sent?.toLowerCase();
  return word === "pending" || word === "complete" || word === "error" ? word : "unknown";
}

const failureRef = builder.objectRef<NonNullable<CardRegistrationFacts["failure"]>>("PaymentCardRegistrationFailure").implement({
  description: "Why a card was not added. 7digital's own message is left out, because it may repeat what the user entered.",
  fields: (t) => ({
    upstreamCode: t.int({
      description: "7digital's error code: 1002 for a value that is not valid, 3103 for a card that was declined. Null if it sends none.",
      resolve: ({ code }) => (/^\d{1,5}$/.test(code ?? "") ? Number(code) : null),
    }),
    parameter: t.exposeString("parameter", {
      description: 'Name of the value that is not valid, in 7digital\'s words, e.g. "ExpiryDate". Null if 7digital names none.',
    }),
  }),
});

const registrationRef = builder.objectRef<CardRegistrationFacts>("PaymentCardRegistration").implement({
  description:
    "A card that is being added. The user's browser sends the card to 7digital, so that its number never passes through a server of " +
    "yours or this one.",
  fields: (t) => ({
    registrationId: t.exposeID("registrationId", { nullable: false, description: "7digital's ID of the registration." }),
    status: t.field({ type: status, nullable: false, description: "What became of it.", resolve: statusOf }),
    redirectUrl: t.field({
      type: "URL",
      description: "URL to which 7digital sends the user after the card. Null if 7digital does not send it.",
      resolve: ({ redirectUrl }) => readable(redirectUrl),
    }),
    card: t.expose("card", { type: paymentCardRef, description: "The card that was added. Null if none was." }),
    failure: t.expose("failure", { type: failureRef, description: "Why the card was not added. Null unless `status` is FAILED." }),
  }),
});

builder.objectField(viewerRef, "paymentCardRegistration", (t) =>
  t.field({
    ...upstream(userPaymentCardRegistration),
    type: registrationRef,
    description:
      "A card registration of the user by ID, after 7digital has sent the user back to its `redirectUrl`. Null if the user has no such " +
      "registration.",
    args: {
      registrationId: t.arg.id({ required: true, description: "`registrationId` from `paymentCardRegistrationStart`." }),
    },
    resolve: ({ credential: user }, { registrationId }, { client, store }) => {
      if (!/^[\w-]{1,100}$/.test(registrationId)) throw badUserInput("registrationId", "`registrationId` is no ID of a registration.");
      return nullIfNotFound(client.call(userPaymentCardRegistration, { id: registrationId }, { store, user }));
    },
  }),
);

const startInput = builder.inputType("PaymentCardRegistrationStartInput", {
  description: "A card registration to start.",
  fields: (t) => ({
    redirectUrl: t.field({
      type: "URL",
      required: true,
      description:
        "URL to which 7digital sends the user after the card, with `cardRegistrationId` in the query. The operator must have allowed its " +
        "origin. It must not have a fragment.",
    }),
  }),
});

const startPayload = builder.objectRef<Outcome<CardRegistrationFacts>>("PaymentCardRegistrationStartPayload").implement({
  description: "Result of `paymentCardRegistrationStart`.",
  fields: (t) => ({
    registration: t.expose("value", { type: registrationRef, description: "The registration. Null if there are `userErrors`." }),
    userErrors: t.expose("userErrors", {
      type: [userErrorRef],
      nullable: false,
      description: "Why no registration was started. Empty if one was.",
    }),
  }),
});

builder.mutationField("paymentCardRegistrationStart", (t) =>
  t.field({
    ...upstream(userPaymentCardRegistrationCreate, { nullOnlyWithError: true }),
    type: startPayload,
    description:
      "Starts a card registration, for partners who have a card form of their own. The form goes from the user's browser to the address " +
      "that 7digital gives you, and never to this server. Without such a form, open `addCardUrl`.",
    args: { input: t.arg({ type: startInput, required: true, description: "The registration to start." }) },
    resolve: (_, { input: { redirectUrl } }, scope) => startRegistration(scope, redirectUrl),
  }),
);
