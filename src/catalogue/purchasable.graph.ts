/** What releases and tracks have in common: they can be bought, at a price. */
import { builder } from "../graph/builder.js";
import { priceRef } from "../graph/types/price.graph.js";
import { artistRef, typeOf, type PurchasableFacts } from "./refs.js";
import { withoutCall } from "../graph/field-cost.js";
import { inRole } from "../graph/argument-role.js";
import type { Scope } from "../shared/scope.js";
import type { IncludedFields } from "../graph/included-fields.js";
import type { lazyField } from "../graph/lazy-field.js";
import { namedStore } from "../shared/store.js";
import { andThen, type MaybePromise } from "../shared/maybe-promise.js";
import { priceOf, type ForSale, type PartOf, type Price, type Priced, type ShownPrice } from "../shared/price-reading.js";
import type { Store } from "../upstream/session.js";
import { readable } from "../upstream/xml/unreadable.js";

/** Arguments that name a store other than the operation's. */
function storeArgs() {
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

export const purchasableRef = builder.interfaceRef<PurchasableFacts>("Purchasable").implement({
  description: "Something that can be bought: a release or a track.",
  fields: (t) => ({
    id: t.id({ nullable: false, description: 'Global ID, e.g. "release:155408".' }),
    title: t.string({ description: "The title." }),
    version: t.string({ description: "Which version of the title it is. Null for most." }),
    artist: t.field({
      ...withoutCall({ nullOnlyWithError: true }),
      type: artistRef,
      description: "Main artist of the item.",
    }),
    explicit: t.boolean({ description: "Whether the label marks the content as explicit. Null if 7digital does not send it." }),
    url: t.field({ type: "URL", description: "Where it can be bought in the 7digital store." }),
    price: t.field({
      type: priceRef,
      description: "What it costs in the operation's store, or in the store named here.",
      args: storeArgs(),
    }),
  }),
  resolveType: (facts) => typeOf(facts),
});

interface PricedKind<F> {
  /** Makes fields of the type. */
  readonly field: ReturnType<typeof lazyField<F>>;
  readonly includedIn: readonly IncludedFields[];
  /** The item's details in the scope's store. */
  readonly load: (facts: F, scope: Scope) => MaybePromise<F>;
  readonly withoutValue: PartOf;
  /** Undefined where the facts leave out what buying it takes. */
  readonly forSale: (facts: F, store: Store) => ForSale | undefined;
}

/** The `price` field: in the operation's store it is read as all fields are, in another store from details. */
export function priceField<F extends Priced>({ field, includedIn, load, withoutValue, forSale }: PricedKind<F>) {
  const read = (facts: F) => priceOf(facts, withoutValue);
  const here = field(read, { includedIn });
  return {
    ...here,
    type: priceRef,
    args: storeArgs(),
    resolve(facts: F, args: Parameters<typeof namedStore>[0], scope: Scope): MaybePromise<ShownPrice | null> {
      const store = namedStore(args);
      const shown = (price: Price | null | undefined): ShownPrice | null =>
        price ? { ...price, of: forSale(facts, store ?? scope.store) } : null;
      if (store === undefined) return andThen(here.resolve(facts, args, scope), shown);
      return andThen(load(facts, scope.in(store)), (there) => shown(readable(read(there))));
    },
  };
}
