/** The mutations that spend money: start here, then read purchase.ts and purchase-service.ts. */
import { builder } from "../graph/builder.js";
import { upstream } from "../graph/field-cost.js";
import { operatorOnly, operatorUpstream } from "../graph/operator.js";
import { purchaseRef } from "../locker/refs.js";
import { userErrorRef } from "../graph/user-error.graph.js";
import { attemptRef } from "./attempt.graph.js";
import { checkBasketOrder } from "./basket-order.js";
import { checkDeliveryOrder } from "./delivery-order.js";
import { checkItemOrder } from "./item-order.js";
import { purchase } from "./purchase.js";
import type { PurchasePayload } from "./purchase-payload.js";
import { basket } from "../basket/endpoints.js";
import { userLocker } from "../locker/endpoints.js";
import { userDeliverItem, userPurchaseBasket, userPurchaseItem, userPurchasePricedItem, userPurchaseRrpItem } from "./endpoints.js";

const pricing = builder.enumType("PurchasePricing", {
  description: "Which price is charged.",
  values: {
    CATALOGUE: { description: "The current price in the store, `price.current`, with promotions." },
    RRP: { description: "The recommended retail price, `price.rrp`." },
    CUSTOM: { description: "A price of your own, `customPrice`.", extensions: operatorOnly },
  },
} as const);

const salesTag = builder.inputType("SalesTagInput", {
  description: "A label for 7digital's sales reports, stored with a successful purchase.",
  fields: (t) => ({
    key: t.string({ required: true, description: "1 to 50 letters, digits or _; each at most once." }),
    value: t.string({ required: true, description: "1 to 100 characters." }),
  }),
});

const keyAdvice =
  "Made by you for this one purchase, for example a UUID: 16 to 64 letters, digits, _ or -. Sent again with the same input it is never " +
  "a second purchase; with any other input it is refused.";
const unknownAdvice =
  "Buy although an earlier attempt at the same thing (the item, its release, one of its tracks, or a basket that holds it) ended with " +
  "OUTCOME_UNKNOWN, or the same was sent with this key under another sign-in: it may be bought a second time.";

const itemPurchaseInput = builder.inputType("ItemPurchaseInput", {
  description: "A release or track to buy.",
  fields: (t) => ({
    itemId: t.id({ required: true, description: 'The `id` of a release or track, e.g. "track:1628015:155408".' }),
    pricing: t.field({ type: pricing, required: true, defaultValue: "CATALOGUE", description: "Which price is charged." }),
    quote: t.string({
      description:
        "`price.quote` of the price that the user was shown: it is bought in the store where that was. Needed for CATALOGUE and RRP.",
    }),
    customPrice: t.field({
      type: "Decimal",
      description: "The price to charge with `pricing: CUSTOM`, in the currency of the operation's store. 0.00 makes it free.",
      extensions: operatorOnly,
    }),
    idempotencyKey: t.string({ required: true, description: keyAdvice }),
    acknowledgeUnknown: t.boolean({ required: true, defaultValue: false, description: unknownAdvice }),
    salesTags: t.field({ type: [salesTag], description: "Labels for 7digital's sales reports, at most 10." }),
  }),
});

const basketPurchaseInput = builder.inputType("BasketPurchaseInput", {
  description: "A basket to buy.",
  fields: (t) => ({
    basketId: t.id({ required: true, description: "The `id` of the basket." }),
    expectedAmountDue: t.field({
      type: "Decimal",
      required: true,
      description:
        "`amountDue.amount` of the basket that the user saw. The basket is read again before it is bought, and nothing is bought if the " +
        'amount has changed. Amounts are compared as numbers: "0" equals "0.00".',
    }),
    idempotencyKey: t.string({ required: true, description: keyAdvice }),
    acknowledgeUnknown: t.boolean({ required: true, defaultValue: false, description: unknownAdvice }),
    salesTags: t.field({ type: [salesTag], description: "Labels for 7digital's sales reports, at most 10." }),
  }),
});

const itemDeliverInput = builder.inputType("ItemDeliverInput", {
  description: "A release or track to deliver to a user who has paid you.",
  fields: (t) => ({
    itemId: t.id({ required: true, description: 'The `id` of a release or track, e.g. "track:1628015:155408".' }),
    transactionId: t.string({
      required: true,
      description: "Your own ID of the sale, stored with 7digital's. 7digital does not look for doubles.",
    }),
    retailPrice: t.field({
      type: "Decimal",
      description: "What you charged, in the currency of the operation's store. If null, the recommended retail price. 0 for a gift.",
    }),
    emailAddress: t.string({ description: "The user's address." }),
    idempotencyKey: t.string({ required: true, description: keyAdvice }),
    acknowledgeUnknown: t.boolean({ required: true, defaultValue: false, description: unknownAdvice }),
  }),
});

function payload(name: string, description: string) {
  return builder.objectRef<PurchasePayload>(name).implement({
    description,
    fields: (t) => ({
      attempt: t.expose("attempt", {
        type: attemptRef,
        description: "What became of it. Null if there was none: the input was refused, or an earlier attempt stands in the way.",
      }),
      purchase: t.field({
        type: purchaseRef,
        description: "What was bought. Null unless `attempt.status` is SUCCEEDED, or if 7digital does not send its ID.",
        resolve: ({ attempt }) => attempt?.purchase,
      }),
      userErrors: t.expose("userErrors", {
        type: [userErrorRef],
        nullable: false,
        description: "Why it was not bought, or that the outcome is unknown. Empty if it was bought.",
      }),
    }),
  });
}

builder.mutationFields((t) => ({
  itemPurchase: t.field({
    ...upstream(userPurchaseItem, {
      calls: 2,
      also: [userPurchaseRrpItem, userPurchasePricedItem, userLocker],
      spendsMoney: true,
      nullOnlyWithError: true,
    }),
    type: payload("ItemPurchasePayload", "What became of buying an item."),
    description:
      "Buys a release or track with the user's default card, at most once for each key. Costs a look into the locker and the purchase.",
    args: { input: t.arg({ type: itemPurchaseInput, required: true, description: "What to buy, and at which price." }) },
    resolve: (_, { input }, scope) => purchase(() => checkItemOrder(input, scope), scope),
  }),
  basketPurchase: t.field({
    ...upstream(userPurchaseBasket, { calls: 3, also: [basket, userLocker], spendsMoney: true, nullOnlyWithError: true }),
    type: payload("BasketPurchasePayload", "What became of buying a basket."),
    description:
      "Buys all that is in a basket, at most once for each key. Costs reading the basket, a look into the locker and the purchase.",
    args: { input: t.arg({ type: basketPurchaseInput, required: true, description: "Which basket to buy, and what it should cost." }) },
    resolve: (_, { input }, scope) => purchase(() => checkBasketOrder(input, scope), scope),
  }),
  itemDeliver: t.field({
    ...operatorUpstream(userDeliverItem, { calls: 2, also: [userLocker], spendsMoney: true, nullOnlyWithError: true }),
    type: payload("ItemDeliverPayload", "Result of a delivery."),
    description: "Delivers a release or track to a user who has paid you. 7digital invoices you. At most one delivery for each key.",
    args: { input: t.arg({ type: itemDeliverInput, required: true, description: "What to deliver, and to whom." }) },
    resolve: (_, { input }, scope) => purchase(() => checkDeliveryOrder(input, scope), scope),
  }),
}));
