/** Subscriptions to streaming in the graph. */
import { builder } from "../graph/builder.js";
import { upstream } from "../graph/field-cost.js";
import { operatorUpstream } from "../graph/operator.js";
import { userErrorRef } from "../graph/user-error.graph.js";
import { viewerRef } from "../graph/viewer.graph.js";
import { dateTimeOf } from "../shared/date-time.js";
import { nullIfNotFound } from "../shared/null-if-not-found.js";
import { readable } from "../upstream/xml/unreadable.js";
import type { StreamingFacts } from "./decoders.js";
import { userUnlimitedStreaming, userUnlimitedStreamingUpdate } from "./endpoints.js";
import type { Outcome } from "./outcome.js";
import { reportPeriod } from "./subscription.js";

const subscriptionRef = builder.objectRef<StreamingFacts>("StreamingSubscription").implement({
  description: "A user's subscription to streaming.",
  fields: (t) => ({
    level: t.exposeString("level", {
      description: 'What the subscription includes, in 7digital\'s words, e.g. "premium". Null if 7digital does not send it.',
    }),
    expiresAt: t.field({
      type: "DateTime",
      description: "When the current period ends. Null if 7digital does not send it.",
      resolve: ({ expiryDate }) => readable(dateTimeOf(expiryDate)),
    }),
  }),
});

builder.objectField(viewerRef, "streamingSubscription", (t) =>
  t.field({
    ...upstream(userUnlimitedStreaming),
    type: subscriptionRef,
    description: "The user's subscription to streaming, which `Track.subscriptionStream` needs. Null if the user has none.",
    resolve: ({ credential: user }, _, { client, store }) => nullIfNotFound(client.call(userUnlimitedStreaming, {}, { store, user })),
  }),
);

const status = builder.enumType("StreamingSubscriptionStatus", {
  description: "Whether a subscription goes on.",
  values: {
    ACTIVE: { value: "active", description: "The user may stream until `expiresAt`." },
    EXPIRED: { value: "expired", description: "The subscription has ended." },
  },
} as const);

const input = builder.inputType("StreamingSubscriptionUpdateInput", {
  description: "A period of a subscription that you charge yourself, in the operation's store.",
  fields: (t) => ({
    userId: t.id({ required: true, description: "Your own ID of the user." }),
    planCode: t.string({ required: true, description: '7digital\'s code of the plan, e.g. "premium-unlimited-streaming".' }),
    status: t.field({ type: status, required: true, defaultValue: "active", description: "Whether the subscription goes on." }),
    currencyCode: t.field({ type: "CurrencyCode", required: true, description: "Currency in which the user pays." }),
    recurringFeeCents: t.int({ required: true, description: "What the user pays for the period, in hundredths of the currency." }),
    activatedAt: t.field({ type: "DateTime", required: true, description: "When the user first subscribed. Not in the future." }),
    periodStartsAt: t.field({ type: "DateTime", required: true, description: "When the current period starts." }),
    trialEndsAt: t.field({ type: "DateTime", description: "When the trial ends. Only for plans that are trials." }),
    expiresAt: t.field({ type: "DateTime", required: true, description: "When the current period ends: a month later at most." }),
  }),
});

const payload = builder.objectRef<Outcome<{ readonly found: StreamingFacts | null }>>("StreamingSubscriptionUpdatePayload").implement({
  description: "Result of `streamingSubscriptionUpdate`.",
  fields: (t) => ({
    subscription: t.field({
      type: subscriptionRef,
      description: "The subscription as it is now. Null if there are `userErrors`, and null if 7digital does not send it.",
      resolve: ({ value }) => value?.found,
    }),
    userErrors: t.expose("userErrors", {
      type: [userErrorRef],
      nullable: false,
      description: "Why the period was not accepted. Empty if it was.",
    }),
  }),
});

builder.mutationField("streamingSubscriptionUpdate", (t) =>
  t.field({
    ...operatorUpstream(userUnlimitedStreamingUpdate, { nullOnlyWithError: true }),
    type: payload,
    description:
      "Reports a period of a user's subscription to 7digital, which gives access to streaming for as long. Nothing is charged. 7digital needs " +
      "a report for every period.",
    args: { input: t.arg({ type: input, required: true, description: "The period." }) },
    resolve: (_, { input: period }, scope) => reportPeriod(scope, period),
  }),
);
