/** The `price` field of whatever can be bought: from the facts in hand in the operation's store, from details in another one. */
import { builder } from "../graph/builder.js";
import type { GraphContext } from "../graph/context.js";
import type { hydrated } from "../graph/hydrate.js";
import { namedStore } from "../graph/store.js";
import { andThen, type MaybePromise } from "../shared/maybe-promise.js";
import { priceOf, type PartOf, type Price, type Priced } from "../shared/price-reading.js";
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
}

type StoreNames = Parameters<typeof namedStore>[0];

export function priceResolver<F extends Priced>({ told, load, withoutValue }: PricedKind<F>) {
  const read = (facts: F): Price | undefined => priceOf(facts, withoutValue);
  const here = told(read);
  return (facts: F, args: StoreNames, context: GraphContext): MaybePromise<Price | null> => {
    const store = namedStore(args);
    if (store === undefined) return here(facts, args, context);
    return andThen(load(facts, context.catalogueIn(store)), (there) => read(there) ?? null);
  };
}
