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
  description: "Which price to charge.",
  values: {
    CATALOGUE: { description: "The current price, `price.current`, including promotions." },
    RRP: { description: "The recommended retail price, `price.rrp`." },
    CUSTOM: { description: "Your own price, `customPrice`.", extensions: operatorOnly },
  },
} as const);

const salesTag = builder.inputType("SalesTagInput", {
  description: "A label for 7digital's sales reports, stored with a successful purchase.",
  fields: (t) => ({
    key: t.string({ required: true, description: "Name of the label: 1 to 50 letters, digits or _. Each name at most once." }),
    value: t.string({ required: true, description: "Value of the label, from 1 to 100 characters." }),
  }),
});

const keyAdvice =
  "A key that you make for this one purchase, e.g. a UUID: 16 to 64 letters, digits, _ or -. Sending it again with the same " +
  "input never buys twice. With any other input, it is rejected.";
const unknownAdvice =
  "Buy even though it may be bought twice: an earlier attempt for the same item (or for its release, its tracks or a basket " +
  "with it) ended with OUTCOME_UNKNOWN, or this key was sent under another sign-in.";

const itemPurchaseInput = builder.inputType("ItemPurchaseInput", {
  description: "A release or track to buy.",
  fields: (t) => ({
    itemId: t.id({ required: true, description: 'The `id` of a release or track, e.g. "track:1628015:155408".' }),
    pricing: t.field({ type: pricing, required: true, defaultValue: "CATALOGUE", description: "Which price to charge." }),
    quote: t.string({
      description:
        "`price.quote` of the price that the user saw. The item is bought in the store of that price. Required if `pricing` is " +
        "CATALOGUE or RRP.",
    }),
    customPrice: t.field({
      type: "Decimal",
      description: 'Price to charge if `pricing` is CUSTOM, in the currency of the operation\'s store, e.g. "4.99". "0.00" makes it free.',
      extensions: operatorOnly,
    }),
    idempotencyKey: t.string({ required: true, description: keyAdvice }),
    acknowledgeUnknown: t.boolean({ required: true, defaultValue: false, description: unknownAdvice }),
    salesTags: t.field({ type: [salesTag], description: "Labels for 7digital's sales reports, at most 10." }),
  }),
});

const basketPurchaseInput = builder.inputType("BasketPurchaseInput", {
  description: "Basket to buy.",
  fields: (t) => ({
    basketId: t.id({ required: true, description: "Global ID of the basket." }),
    expectedAmountDue: t.field({
      type: "Decimal",
      required: true,
      description:
        "`amountDue.amount` of the basket that the user saw. If the amount has changed, nothing is bought. Amounts are compared as " +
        'numbers: "0" equals "0.00".',
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
      description: "Your own ID of the sale, which 7digital stores. 7digital does not check whether it is unique.",
    }),
    retailPrice: t.field({
      type: "Decimal",
      description: "What you charged, in the currency of the operation's store. If null, the recommended retail price. 0 for a gift.",
    }),
    emailAddress: t.string({ description: "E-mail address of the user." }),
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
        description:
          "How the attempt ended. Null if there was none: the input is not valid, or an earlier attempt has to be resolved first.",
      }),
      purchase: t.field({
        type: purchaseRef,
        description: "The purchase. Null unless `attempt.status` is SUCCEEDED, and null if 7digital does not send its ID.",
        resolve: ({ attempt }) => attempt?.purchase,
      }),
      userErrors: t.expose("userErrors", {
        type: [userErrorRef],
        nullable: false,
        description: "Why nothing was bought, or that the outcome is unknown. Empty if the purchase succeeded.",
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
    type: payload("ItemPurchasePayload", "Result of `itemPurchase`."),
    description: "Buys a release or track with the user's default card, at most once for each idempotency key.",
    args: { input: t.arg({ type: itemPurchaseInput, required: true, description: "The item and the price that the user agreed to." }) },
    resolve: (_, { input }, scope) => purchase(() => checkItemOrder(input, scope), scope),
  }),
  basketPurchase: t.field({
    ...upstream(userPurchaseBasket, { calls: 3, also: [basket, userLocker], spendsMoney: true, nullOnlyWithError: true }),
    type: payload("BasketPurchasePayload", "Result of `basketPurchase`."),
    description: "Buys everything in a basket with the user's default card, at most once for each idempotency key.",
    args: {
      input: t.arg({ type: basketPurchaseInput, required: true, description: "The basket, and the total that the user agreed to." }),
    },
    resolve: (_, { input }, scope) => purchase(() => checkBasketOrder(input, scope), scope),
  }),
  itemDeliver: t.field({
    ...operatorUpstream(userDeliverItem, { calls: 2, also: [userLocker], spendsMoney: true, nullOnlyWithError: true }),
    type: payload("ItemDeliverPayload", "Result of `itemDeliver`."),
    description:
      "Delivers a release or track to a user who has paid you. 7digital invoices you. At most one delivery for each idempotency key.",
    args: { input: t.arg({ type: itemDeliverInput, required: true, description: "The item and the user." }) },
    resolve: (_, { input }, scope) => purchase(() => checkDeliveryOrder(input, scope), scope),
  }),
}));
