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
    CATALOGUE: { description: "The price of the shop, `price.amount`, with its promotions." },
    RRP: { description: "The recommended retail price, `price.rrp`." },
    CUSTOM: { description: "A price of your own, `customPrice`.", extensions: operatorOnly },
  },
} as const);

const tag = builder.inputType("TagInput", {
  description: "Data that 7digital stores with a successful purchase, for its sales reports.",
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
    tags: t.field({ type: [tag], description: "At most 10." }),
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
        "`amountDue.amount` of the basket as the user was shown it. The basket is read just before it is bought: where that tells another " +
        "amount, nothing is bought.",
    }),
    idempotencyKey: t.string({ required: true, description: keyAdvice }),
    acknowledgeUnknown: t.boolean({ required: true, defaultValue: false, description: unknownAdvice }),
    tags: t.field({ type: [tag], description: "At most 10." }),
  }),
});

const itemDeliverInput = builder.inputType("ItemDeliverInput", {
  description: "A release or track to give to a user who has paid to you.",
  fields: (t) => ({
    itemId: t.id({ required: true, description: 'The `id` of a release or track, e.g. "track:1628015:155408".' }),
    transactionId: t.string({
      required: true,
      description: "Your own id of the sale, stored with 7digital's. 7digital does not look for doubles.",
    }),
    retailPrice: t.field({
      type: "Decimal",
      description: "What you charged, where that is not the recommended retail price. 0 for a gift.",
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
        description: "What became of it. Null where there was none: the input was refused, or an earlier attempt stands in the way.",
      }),
      purchase: t.field({
        type: purchaseRef,
        description: "What was bought. Null unless `attempt.status` is SUCCEEDED, or where the locker tells no id of the purchase.",
        resolve: ({ attempt }) => attempt?.purchase,
      }),
      userErrors: t.expose("userErrors", {
        type: [userErrorRef],
        nullable: false,
        description: "Why it was not bought, or that nobody knows. Empty when it was.",
      }),
    }),
  });
}

builder.mutationFields((t) => ({
  itemPurchase: t.field({
    ...upstream(userPurchaseItem, { calls: 2, also: [userPurchaseRrpItem, userPurchasePricedItem, userLocker], spendsMoney: true }),
    type: payload("ItemPurchasePayload", "What became of buying an item."),
    description:
      "Buys a release or track with the user's default card, at most once for each key. Costs a look into the locker and the purchase.",
    args: { input: t.arg({ type: itemPurchaseInput, required: true, description: "What to buy, and at which price." }) },
    resolve: (_, { input }, scope) => purchase(() => checkItemOrder(input, scope), scope),
  }),
  basketPurchase: t.field({
    ...upstream(userPurchaseBasket, { calls: 3, also: [basket, userLocker], spendsMoney: true }),
    type: payload("BasketPurchasePayload", "What became of buying a basket."),
    description:
      "Buys all that is in a basket, at most once for each key. Costs reading the basket, a look into the locker and the purchase.",
    args: { input: t.arg({ type: basketPurchaseInput, required: true, description: "Which basket to buy, and what it should cost." }) },
    resolve: (_, { input }, scope) => purchase(() => checkBasketOrder(input, scope), scope),
  }),
  itemDeliver: t.field({
    ...operatorUpstream(userDeliverItem, { calls: 2, also: [userLocker], spendsMoney: true }),
    type: payload("ItemDeliverPayload", "What became of giving an item."),
    description: "Gives a release or track to a user who has paid to you; 7digital invoices you. At most once for each key.",
    args: { input: t.arg({ type: itemDeliverInput, required: true, description: "What to give." }) },
    resolve: (_, { input }, scope) => purchase(() => checkDeliveryOrder(input, scope), scope),
  }),
}));
