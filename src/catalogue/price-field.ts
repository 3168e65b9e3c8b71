/** The `price` field of whatever can be bought: from the facts in hand in the operation's store, from details in another one. */
import { builder } from "../graph/builder.js";
import type { GraphContext } from "../graph/context.js";
import type { hydrated } from "../graph/hydrate.js";
import { namedStore } from "../graph/store.js";
import { andThen, type MaybePromise } from "../shared/maybe-promise.js";
import { priceOf, type PartOf, type Price, type Priced } from "../shared/price-reading.js";
import type { ForSale, ShownPrice } from "../shared/price.graph.js";
import type { Store } from "../upstream/session.js";
import { readable } from "../upstream/unreadable.js";
import type { CatalogueLoaders } from "./loaders.js";

/** Arguments that name a store other than the operation's. */
export function storeArgs() {
  return builder.args((arg) => ({
    country: arg.field({ type: "CountryCode", description: "Ask in the store of this country instead of the operation's." }),
    shopId: arg.id({ description: "Ask in this shop instead. Where both are given the shop decides and the country is ignored." }),
  }));
}

interface PricedKind<F> {
  /** Reads a field as all fields of the kind are read. */
  readonly told: ReturnType<typeof hydrated<F>>;
  /** The item's details in some store. */
  readonly load: (facts: F, catalogue: CatalogueLoaders) => MaybePromise<F>;
  readonly withoutValue: PartOf;
  /** Undefined where the facts do not tell all that buying it takes. */
  readonly forSale: (facts: F, store: Store) => ForSale | undefined;
}

type StoreNames = Parameters<typeof namedStore>[0];

export function priceResolver<F extends Priced>({ told, load, withoutValue, forSale }: PricedKind<F>) {
  const read = (facts: F) => priceOf(facts, withoutValue);
  const here = told(read);
  return (facts: F, args: StoreNames, context: GraphContext): MaybePromise<ShownPrice | null> => {
    const store = namedStore(args);
    const shown = (price: Price | null | undefined): ShownPrice | null =>
      price ? { ...price, of: forSale(facts, store ?? context.store) } : null;
    if (store === undefined) return andThen(here(facts, args, context), shown);
    return andThen(load(facts, context.catalogueIn(store)), (there) => shown(readable(read(there))));
  };
}
