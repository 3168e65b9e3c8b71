/** The `price` field of releases and tracks: in the operation's store it is read as all fields are, in another store from details. */
import { inRole } from "../graph/argument-role.js";
import { builder } from "../graph/builder.js";
import type { Scope } from "../shared/scope.js";
import type { lazyField } from "../graph/lazy-field.js";
import { namedStore } from "../shared/store.js";
import { andThen, type MaybePromise } from "../shared/maybe-promise.js";
import { priceOf, type ForSale, type PartOf, type Price, type Priced, type ShownPrice } from "../shared/price-reading.js";
import type { Store } from "../upstream/session.js";
import { readable } from "../upstream/xml/unreadable.js";

/** Arguments that name a store other than the operation's. */
export function storeArgs() {
  return builder.args((arg) => ({
    country: arg.field({
      ...inRole("country"),
      type: "CountryCode",
      description: "Ask in the store of this country instead of the operation's.",
    }),
    shopId: arg.id({
      ...inRole("shopId"),
      description: "Ask in this shop instead. Where both are given the shop decides and the country is ignored.",
    }),
  }));
}

interface PricedKind<F> {
  /** Makes the resolver of a field of the type. */
  readonly field: ReturnType<typeof lazyField<F>>;
  /** The item's details in the scope's store. */
  readonly load: (facts: F, scope: Scope) => MaybePromise<F>;
  readonly withoutValue: PartOf;
  /** Undefined where the facts leave out what buying it takes. */
  readonly forSale: (facts: F, store: Store) => ForSale | undefined;
}

type StoreNames = Parameters<typeof namedStore>[0];

export function priceResolver<F extends Priced>({ field, load, withoutValue, forSale }: PricedKind<F>) {
  const read = (facts: F) => priceOf(facts, withoutValue);
  const here = field(read);
  return (facts: F, args: StoreNames, scope: Scope): MaybePromise<ShownPrice | null> => {
    const store = namedStore(args);
    const shown = (price: Price | null | undefined): ShownPrice | null =>
      price ? { ...price, of: forSale(facts, store ?? scope.store) } : null;
    if (store === undefined) return andThen(here(facts, args, scope), shown);
    return andThen(load(facts, scope.in(store)), (there) => shown(readable(read(there))));
  };
}
