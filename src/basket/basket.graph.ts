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
import { amountDueOf, itemOf, linesOf, moneyOf, subtotalOf, type BasketInStore } from "./reading.js";
import { basket as basketEndpoint } from "./endpoints.js";
import { basketLineRef, basketRef } from "./refs.js";
import { readBasket } from "./write.js";

/** 7digital sets no limit. Larger baskets are held by the limit on an operation's calls. */
const usualLines = 25;

const discountType = builder.enumType("DiscountType", {
  description: "Why less is due for a line than its price.",
  values: {
    VOUCHER: { description: "A voucher was applied." },
    OTHER: { description: "A reason that 7digital's API document does not name." },
  },
} as const);

basketRef.implement({
  description:
    "A basket that 7digital keeps. It is known by its id alone: whoever has the id can read, change and buy it. It exists only in the " +
    "store it was made in, which its id tells.",
  interfaces: [nodeRef],
  fields: (t) => ({
    id: t.id({
      nullable: false,
      description: 'Global id with the country or shop it was made in: "basket:GB:<GUID>", "basket:34:<GUID>".',
      resolve: ({ basketId, store }) => basketNodeId(basketId, store),
    }),
    basketId: t.exposeID("basketId", { nullable: false, description: "7digital's id of the basket, a GUID." }),
    country: t.field({
      type: "CountryCode",
      description: "The country it was made in. Null where it was made in a shop.",
      resolve: ({ store }) => countryOf(store),
    }),
    shopId: t.id({
      description: "The shop it was made in. Null where it was made in a country's store.",
      resolve: ({ store }) => shopIdOf(store),
    }),
    itemCount: t.int({
      nullable: false,
      description: "How many lines it has.",
      resolve: ({ itemCount, items }) => ifReadable(itemCount) ?? items?.length ?? 0,
    }),
    lines: t.field({
      ...withoutCall({ most: usualLines }),
      type: [basketLineRef],
      nullable: false,
      description:
        `What is in it. The bound on an operation's calls supposes at most ${String(usualLines)} lines. A line that 7digital sent in a form ` +
        "that can not be read is left out; `basketPurchase` then refuses to buy the basket.",
      resolve: linesOf,
    }),
    subtotal: t.field({
      type: moneyRef,
      description: "The sum of its lines' prices, without discounts. Null where 7digital does not tell.",
      resolve: (basket) => readable(subtotalOf(basket)),
    }),
    amountDue: t.field({
      type: moneyRef,
      description: "What buying it costs, discounts taken off: the total to show. Null where 7digital does not tell.",
      resolve: (basket) => readable(amountDueOf(basket)),
    }),
  }),
});

basketLineRef.implement({
  description: "One item in a basket. An item that is in there twice has two lines.",
  fields: (t) => ({
    id: t.id({
      nullable: false,
      description: "7digital's id of the line (its basketItem id): what `basketLinesRemove` takes.",
      resolve: ({ facts }) => facts.lineId,
    }),
    item: t.field({
      type: purchasableRef,
      description:
        "The release or track. Its ids are told by the basket; everything else comes from the catalogue in the operation's store. Null " +
        "where 7digital does not tell the release.",
      resolve: ({ facts }) => itemOf(facts),
    }),
    title: t.string({
      description: "The item's title as the basket writes it, with its version. Costs no call, unlike `item`.",
      resolve: ({ facts }) => facts.itemName ?? null,
    }),
    artistName: t.string({
      description: "Name of the item's artist as the basket writes it.",
      resolve: ({ facts }) => facts.artistName ?? null,
    }),
    price: t.field({
      type: moneyRef,
      description: "What the item costs without discounts. Null where 7digital does not tell.",
      resolve: ({ facts, currencyCode }) => readable(moneyOf(facts.price, currencyCode)),
    }),
    amountDue: t.field({
      type: moneyRef,
      description: "What is due for it, discounts taken off: the price to show. Null where 7digital does not tell.",
      resolve: ({ facts, currencyCode }) => readable(moneyOf(facts.amountDue, currencyCode)),
    }),
    discount: t.field({
      type: discountType,
      description: "Why less is due than the price. Null where nothing was taken off.",
      resolve: ({ facts }) => (facts.discount?.type ? (/^voucher$/i.test(facts.discount.type) ? "VOUCHER" : "OTHER") : null),
    }),
  }),
});

builder.queryField("basket", (t) =>
  t.field({
    ...upstream(basketEndpoint),
    type: basketRef,
    description:
      "A basket by id, as it is now. Null where there is none. A basket of another store is NOT_AVAILABLE_IN_COUNTRY in `errors`: its " +
      "global id tells its store, so send that.",
    args: { id: t.arg.id({ required: true, description: "A global id, or 7digital's own GUID for a basket of the operation's store." }) },
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
