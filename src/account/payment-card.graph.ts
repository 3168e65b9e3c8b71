/** Payment cards in the graph: what 7digital shows of them. */
import { builder } from "../graph/builder.js";
import { upstream } from "../graph/field-cost.js";
import { viewerRef } from "../graph/viewer.graph.js";
import { readable } from "../upstream/xml/unreadable.js";
import type { CardFacts, CardTypeFacts } from "./card-decoders.js";
import { paymentCardType, userPaymentCard } from "./endpoints.js";

export const paymentCardRef = builder.objectRef<CardFacts>("PaymentCard").implement({
  description: "A payment card of a user, as far as 7digital shows it. Card numbers and security codes never pass through this server.",
  fields: (t) => ({
    cardId: t.exposeID("cardId", { nullable: false, description: "7digital's ID of the card." }),
    type: t.exposeString("type", {
      description:
        'Kind of card, e.g. "VISA": the `cardTypeId` of one of `paymentCardTypes`, in any case. Null if 7digital does not send it.',
    }),
    lastFourDigits: t.string({
      description: 'Last four digits of the card number, e.g. "1111". Null if 7digital does not send them.',
      resolve: ({ lastFourDigits }) => readable(lastFourDigits),
    }),
    cardHolderName: t.string({
      description: "Name on the card. Null if 7digital does not send it.",
      resolve: ({ cardHolderName, cardholderName }) => readable(cardHolderName ?? cardholderName),
    }),
    expiryMonth: t.int({
      description: "Last month in which the card is valid, from 1 to 12. Null if 7digital does not send it.",
      resolve: ({ expiry }) => readable(expiry)?.month,
    }),
    expiryYear: t.int({
      description: "Year of `expiryMonth`, e.g. 2030. Null if 7digital does not send it.",
      resolve: ({ expiry }) => readable(expiry)?.year,
    }),
    country: t.field({
      type: "CountryCode",
      description: "Country of the card. Null if 7digital does not send it.",
      resolve: ({ country }) => readable(country),
    }),
    isDefault: t.boolean({
      description: "Whether purchases are charged to this card. Null if 7digital does not send it.",
      resolve: ({ isDefault }) => readable(isDefault),
    }),
  }),
});

builder.objectField(viewerRef, "paymentCards", (t) =>
  t.field({
    ...upstream(userPaymentCard, { nullOnlyWithError: true }),
    type: [paymentCardRef],
    description:
      "The user's payment cards, in 7digital's order. Never served from the cache. Empty if the user has none: open `addCardUrl` in the " +
      "user's browser.",
    resolve: ({ credential: user }, _, { client, store }) => client.call(userPaymentCard, {}, { store, user }),
  }),
);

const cardTypeRef = builder.objectRef<CardTypeFacts>("PaymentCardKind").implement({
  description: "A kind of payment card that 7digital takes.",
  fields: (t) => ({
    cardTypeId: t.exposeID("cardTypeId", { nullable: false, description: '7digital\'s ID of the kind of card, e.g. "MASTERCARD".' }),
    name: t.exposeString("name", { description: 'Name to show, e.g. "MasterCard". Null if 7digital does not send it.' }),
  }),
});

builder.queryField("paymentCardTypes", (t) =>
  t.field({
    ...upstream(paymentCardType, { nullOnlyWithError: true }),
    type: [cardTypeRef],
    description: "The kinds of payment card that 7digital takes in the store, in 7digital's order.",
    resolve: (_, __, { client, store }) => client.call(paymentCardType, {}, { store }),
  }),
);
