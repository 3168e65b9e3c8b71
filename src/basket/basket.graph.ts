/** Baskets in the graph. */
import { builder } from "../graph/builder.js";
import { upstream, withoutCall } from "../graph/field-cost.js";
import type { Scope } from "../shared/scope.js";
import { basketNodeId, parseIdOf, type NodeId } from "../shared/node-id.js";
import { nodeRef, type NodeFinder } from "../graph/node.js";
import { countryOf, shopIdOf } from "../shared/store.js";
import { nullIfNotFound } from "../shared/null-if-not-found.js";
import { purchasableRef } from "../catalogue/purchasable.graph.js";
import type { MaybePromise } from "../shared/maybe-promise.js";
import { moneyRef } from "../graph/types/price.graph.js";
import { ifReadable, readable } from "../upstream/xml/unreadable.js";
import { amountDueOf, itemOf, linesOf, moneyOf, packageIdOf, rrpOf, rrpTotalOf, subtotalOf, type BasketInStore } from "./reading.js";
import { basket as basketEndpoint } from "./endpoints.js";
import { basketLineRef, basketRef } from "./refs.js";
import { readBasket } from "./write.js";

/** 7digital sets no limit. Larger baskets are held by the limit on an operation's calls. */
const usualLines = 25;

const discountType = builder.enumType("DiscountType", {
  description: "Reason for a discount on a line.",
  values: {
    VOUCHER: { description: "A voucher was applied." },
    OTHER: { description: "Any other reason." },
  },
} as const);

basketRef.implement({
  description:
    "A basket, stored by 7digital. Anyone who has its ID can read, change and buy it, so keep the ID secret. A basket belongs " +
    "to the store that it was created in.",
  interfaces: [nodeRef],
  fields: (t) => ({
    id: t.id({
      nullable: false,
      description: 'Global ID, which contains the country or shop of the basket, e.g. "basket:GB:<GUID>" or "basket:34:<GUID>".',
      resolve: ({ basketId, store }) => basketNodeId(basketId, store),
    }),
    basketId: t.exposeID("basketId", { nullable: false, description: "7digital's ID of the basket, a GUID." }),
    country: t.field({
      type: "CountryCode",
      description: "Country of the store that the basket belongs to. Null if it belongs to a shop.",
      resolve: ({ store }) => countryOf(store),
    }),
    shopId: t.id({
      description: "ID of the shop that the basket belongs to. Null if it belongs to a country's store.",
      resolve: ({ store }) => shopIdOf(store),
    }),
    itemCount: t.int({
      nullable: false,
      description: "Number of lines.",
      resolve: ({ itemCount, items }) => ifReadable(itemCount) ?? items?.length ?? 0,
    }),
    lines: t.field({
      ...withoutCall({ most: usualLines }),
      type: [basketLineRef],
      nullable: false,
      description:
        `All lines of the basket. The cost of their fields is estimated for ${String(usualLines)} lines. A line that 7digital sends in an ` +
        "unreadable form is missing, and `basketPurchase` then rejects the basket.",
      resolve: linesOf,
    }),
    subtotal: t.field({
      type: moneyRef,
      description: "Sum of the prices of the lines, before discounts. Null if 7digital does not send it.",
      resolve: (basket) => readable(subtotalOf(basket)),
    }),
    rrp: t.field({
      type: moneyRef,
      description: "Sum of the recommended retail prices of the lines. Null if 7digital does not send it.",
      resolve: (basket) => readable(rrpTotalOf(basket)),
    }),
    amountDue: t.field({
      type: moneyRef,
      description: "Total to pay, after discounts. Null if 7digital does not send it.",
      resolve: (basket) => readable(amountDueOf(basket)),
    }),
  }),
});

basketLineRef.implement({
  description: "One item in a basket, in one of its packages. The same item twice makes two lines.",
  fields: (t) => ({
    lineId: t.id({
      nullable: false,
      description: "7digital's ID of the line, for `basketLinesRemove`.",
      resolve: ({ facts }) => facts.lineId,
    }),
    item: t.field({
      type: purchasableRef,
      description:
        "The release or track, in the store of the operation. Do not show `item.price`: the line has its own `price` and " +
        "`amountDue`. Null if 7digital does not send the release.",
      resolve: ({ facts }) => itemOf(facts),
    }),
    title: t.string({
      description: "Title of the item with its version. Null if 7digital does not send it. Unlike `item`, it costs no call.",
      resolve: ({ facts }) => facts.itemName ?? null,
    }),
    artistName: t.string({
      description: "Name of the item's artist. Null if 7digital does not send it. Unlike `item`, it costs no call.",
      resolve: ({ facts }) => facts.artistName ?? null,
    }),
    packageId: t.id({
      description:
        "7digital's ID of the package that is bought, e.g. 2 for standard or 9 for premium quality. `packages` of the item describe it. " +
        "Null if 7digital does not send it.",
      resolve: ({ facts }) => readable(packageIdOf(facts)),
    }),
    price: t.field({
      type: moneyRef,
      description: "Price of the item, before discounts. Null if 7digital does not send it.",
      resolve: ({ facts, currencyCode }) => readable(moneyOf(facts.price, currencyCode)),
    }),
    rrp: t.field({
      type: moneyRef,
      description: "Recommended retail price of the item in its package. Null if 7digital does not send it.",
      resolve: ({ facts, currencyCode }) => readable(rrpOf(facts.price, currencyCode)),
    }),
    amountDue: t.field({
      type: moneyRef,
      description: "Amount to pay for the line, after discounts. Null if 7digital does not send it.",
      resolve: ({ facts, currencyCode }) => readable(moneyOf(facts.amountDue, currencyCode)),
    }),
    discount: t.field({
      type: discountType,
      description: "Why the amount due is less than the price. Null if there is no discount.",
      resolve: ({ facts }) => (facts.discount?.type ? (/^voucher$/i.test(facts.discount.type) ? "VOUCHER" : "OTHER") : null),
    }),
  }),
});

builder.queryField("basket", (t) =>
  t.field({
    ...upstream(basketEndpoint),
    type: basketRef,
    description:
      "A basket by ID. Null if it does not exist. If you send 7digital's GUID of a basket of another store, there is a " +
      "NOT_AVAILABLE_IN_COUNTRY error.",
    args: { id: t.arg.id({ required: true, description: "Global ID, or 7digital's GUID for a basket of the operation's store." }) },
    resolve: (_, { id }, scope) => findBasket(parseIdOf("basket", "id", id), scope),
  }),
);

/** By id and store: an operation reads each basket once, so it sees one state of it. */
function basketReads(): Map<string, Promise<BasketInStore>> {
  return new Map();
}

function findBasket({ id, store: named }: NodeId, scope: Scope): MaybePromise<BasketInStore | null> {
  const store = named ?? scope.store;
  const baskets = scope.use(basketReads);
  const name = basketNodeId(id.toLowerCase(), store);
  const basket = baskets.get(name) ?? readBasket(scope.client, { basketId: id, store });
  baskets.set(name, basket);
  return nullIfNotFound(basket);
}

export const basketFinder: NodeFinder<BasketInStore> = {
  type: basketRef,
  idMember: "basketId",
  method: basketEndpoint,
  find: findBasket,
};
