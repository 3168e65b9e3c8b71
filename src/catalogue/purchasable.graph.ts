/** What releases and tracks have in common: they can be bought, at a price. */
import { builder } from "../graph/builder.js";
import { imageArgs, imageRef } from "../graph/types/image.graph.js";
import { priceRef } from "../graph/types/price.graph.js";
import { artistRef, typeOf, type PurchasableFacts } from "./refs.js";
import { withoutCall } from "../graph/field-cost.js";
import { inRole } from "../graph/argument-role.js";
import type { Scope } from "../shared/scope.js";
import type { IncludedFields } from "../graph/included-fields.js";
import type { lazyField } from "../graph/lazy-field.js";
import { coverSizes } from "../shared/image.js";
import { namedStore } from "../shared/store.js";
import { andThen, type MaybePromise } from "../shared/maybe-promise.js";
import { priceOf, unknownPrice, type ForSale, type PartOf, type Price, type Priced, type ShownPrice } from "../shared/price-reading.js";
import type { Store } from "../upstream/session.js";
import { readable } from "../upstream/xml/unreadable.js";

/** Arguments that name a store other than the operation's. */
function storeArgs() {
  return builder.args((arg) => ({
    country: arg.field({
      ...inRole("country"),
      type: "CountryCode",
      description: 'Country to price it in, e.g. "DE". If null, the operation\'s store.',
    }),
    shopId: arg.id({
      ...inRole("shopId"),
      description: 'ID of the shop to price it in, e.g. "34". Takes precedence over `country`.',
    }),
  }));
}

export const purchasableRef = builder.interfaceRef<PurchasableFacts>("Purchasable").implement({
  description: "An item that can be bought: a release or a track.",
  fields: (t) => ({
    id: t.id({ nullable: false, description: 'Global ID, e.g. "release:155408".' }),
    title: t.string({ ...withoutCall({ nullOnlyWithError: true }), description: "Title, without the version." }),
    version: t.string({ description: 'Version of the item, e.g. "Deluxe Edition". Null if there is none, as for most items.' }),
    artist: t.field({
      ...withoutCall({ nullOnlyWithError: true }),
      type: artistRef,
      description: "Main artist of the item.",
    }),
    explicit: t.boolean({ description: "Whether the label marks the content as explicit. Null if 7digital does not send it." }),
    url: t.field({ type: "URL", description: "URL of the item's page in the 7digital store. Null if 7digital does not send it." }),
    image: t.field({
      type: imageRef,
      description: "Cover of the release, also for a track. Null if 7digital does not send it.",
      args: imageArgs(coverSizes),
    }),
    price: t.field({
      ...withoutCall({ nullOnlyWithError: true }),
      type: priceRef,
      description: "Price of the item in the operation's store, or in the store that the arguments name.",
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
  const here = field(read, { includedIn, required: "price", fallback: () => unknownPrice });
  return {
    ...here,
    type: priceRef,
    args: storeArgs(),
    resolve(facts: F, args: Parameters<typeof namedStore>[0], scope: Scope): MaybePromise<ShownPrice | null> {
      const store = namedStore(args);
      const shown = (price: Price | null | undefined): ShownPrice | null => {
        if (!price) return null;
        const { amount, rrp, onSale, soldAs } = price;
        return { amount, rrp, onSale, soldAs, of: forSale(facts, store ?? scope.store) };
      };
      const asked = store === undefined ? scope : scope.in(store);
      // An operation has one scope for each store.
      if (asked === scope) return andThen(here.resolve(facts, args, scope), shown);
      return andThen(load(facts, asked), (there) => shown(readable(read(there) ?? unknownPrice)));
    },
  };
}
