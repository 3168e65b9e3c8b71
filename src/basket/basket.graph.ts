/** Baskets in the graph. */
import { builder } from "../graph/builder.js";
import { atMost, upstream } from "../graph/extensions.js";
import type { GraphContext } from "../graph/context.js";
import { basketNodeId, parseIdOf, type NodeId } from "../graph/node-id.js";
import { findNodesOf } from "../graph/node-lookup.js";
import { countryOf, shopIdOf } from "../graph/store.js";
import { orNull } from "../catalogue/lookup.js";
import { purchasableRef } from "../catalogue/purchasable.graph.js";
import { nodeRef } from "../catalogue/refs.js";
import { heldBy } from "../shared/held-by.js";
import type { MaybePromise } from "../shared/maybe-promise.js";
import { moneyRef } from "../shared/price.graph.js";
import { ifReadable, readable } from "../upstream/unreadable.js";
import { amountDueOf, itemOf, linesOf, moneyOf, subtotalOf, type BasketInStore } from "./reading.js";
import { basketLineRef, basketRef } from "./refs.js";
import { readBasket } from "./write.js";

/** 7digital bounds no basket. More than this are bounded by what an operation may call while it runs. */
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
      ...atMost(usualLines),
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
      resolve: ({ told }) => told.lineId,
    }),
    item: t.field({
      type: purchasableRef,
      description:
        "The release or track. Its ids are told by the basket; everything else comes from the catalogue in the operation's store. Null " +
        "where 7digital does not tell the release.",
      resolve: ({ told }) => itemOf(told),
    }),
    title: t.string({
      description: "The item's title as the basket writes it, with its version. Costs no call, unlike `item`.",
      resolve: ({ told }) => told.itemName ?? null,
    }),
    artistName: t.string({
      description: "Name of the item's artist as the basket writes it.",
      resolve: ({ told }) => told.artistName ?? null,
    }),
    price: t.field({
      type: moneyRef,
      description: "What the item costs without discounts. Null where 7digital does not tell.",
      resolve: ({ told, currencyCode }) => readable(moneyOf(told.price, currencyCode)),
    }),
    amountDue: t.field({
      type: moneyRef,
      description: "What is due for it, discounts taken off: the price to show. Null where 7digital does not tell.",
      resolve: ({ told, currencyCode }) => readable(moneyOf(told.amountDue, currencyCode)),
    }),
    discount: t.field({
      type: discountType,
      description: "Why less is due than the price. Null where nothing was taken off.",
      resolve: ({ told }) => (told.discount?.type ? (/^voucher$/i.test(told.discount.type) ? "VOUCHER" : "OTHER") : null),
    }),
  }),
});

builder.queryField("basket", (t) =>
  t.field({
    ...upstream("basket"),
    type: basketRef,
    description:
      "A basket by id, as it is now. Null where there is none. A basket of another store is NOT_AVAILABLE_IN_COUNTRY in `errors`: its " +
      "global id tells its store, so send that.",
    args: { id: t.arg.id({ required: true, description: "A global id, or 7digital's own GUID for a basket of the operation's store." }) },
    resolve: (_, { id }, context) => lookUpBasket(parseIdOf("basket", "id", id), context),
  }),
);

/** By id and store. An operation sees a basket as it is at one moment. */
const basketsOf = heldBy<GraphContext, Map<string, Promise<BasketInStore>>>(() => new Map());

function lookUpBasket({ id, store: named }: NodeId, context: GraphContext): MaybePromise<BasketInStore | null> {
  const store = named ?? context.store;
  const baskets = basketsOf(context);
  const name = basketNodeId(id.toLowerCase(), store);
  const basket = baskets.get(name) ?? readBasket(context.services.client, { basketId: id, store });
  baskets.set(name, basket);
  return orNull(basket);
}

findNodesOf("basket", lookUpBasket);
