/** Prices and packages in the graph. */
import { builder } from "../builder.js";
import { ifReadable, isReadable, readable } from "../../upstream/xml/unreadable.js";
import { formatRef } from "./format.graph.js";
import type { Download, DownloadPackage } from "../../shared/price.js";
import {
  inScale,
  isForStreamingOnly,
  packagePrice,
  type Money,
  type PartOf,
  type Priced,
  type ShownPrice,
} from "../../shared/price-reading.js";
import { quoting, type Quotes } from "../../shared/quote.js";
import { mapPresent } from "../../shared/map-present.js";

export const moneyRef = builder.objectRef<Money>("Money").implement({
  description: "An amount of money.",
  fields: (t) => ({
    amount: t.field({
      type: "Decimal",
      nullable: false,
      description:
        'The amount, with at least as many decimals as the currency has, e.g. "7.99" in GBP or "500" in JPY. Calculate with a ' +
        "decimal library, not with floats.",
      resolve: ({ amount, currencyCode }) => inScale(amount, currencyCode),
    }),
    currencyCode: t.expose("currencyCode", { type: "CurrencyCode", nullable: false, description: "Currency of the amount." }),
    display: t.exposeString("display", {
      nullable: false,
      description: 'The amount as the store formats it, e.g. "£7.99" or "0,99€". For display only.',
    }),
  }),
});

const soldAsRef = builder.enumType("SoldAs", {
  description: "Whether an item can be bought on its own and, if not, why.",
  values: {
    ITEM: { description: "Sold on its own, at the price `current`." },
    WHOLE_RELEASE_ONLY: { description: "The track is sold only with its whole release." },
    SINGLE_TRACKS_ONLY: { description: "The release is sold only track by track." },
    NOT_FOR_SALE: { description: "Not sold as a download in this store." },
    UNKNOWN: { description: "Not known: 7digital sends neither a price nor a reason." },
  },
});

export const priceRef = builder.objectRef<ShownPrice>("Price").implement({
  description: "Price of an item in one store.",
  fields: (t) => ({
    current: t.field({
      type: moneyRef,
      description: "Current price. Null if the item is not sold on its own: `soldAs` says why.",
      resolve: ({ amount }) => readable(amount),
    }),
    rrp: t.field({
      type: moneyRef,
      description: "Recommended retail price. Null if 7digital does not send it.",
      resolve: ({ rrp }) => readable(rrp),
    }),
    onSale: t.boolean({
      description: "Whether the current price is a promotion. Null if 7digital does not send it.",
      resolve: ({ onSale }) => readable(onSale),
    }),
    soldAs: t.expose("soldAs", { type: soldAsRef, nullable: false, description: "Whether the item is sold on its own and, if not, why." }),
    quote: t.string({
      description:
        "Proof of this price, for `itemPurchase`. Opaque, and valid for a limited time. Null if the item cannot be bought on its own.",
      resolve: (price, _, { use }) => quoteOf(price, use(quoting)),
    }),
  }),
});

/** An amount that cannot be read was not shown. */
function quoteOf({ of, ...price }: ShownPrice, quotes: Quotes): string | null {
  const amount = ifReadable(price.amount);
  const rrp = ifReadable(price.rrp);
  const currencyCode = amount?.currencyCode ?? rrp?.currencyCode;
  if (of === undefined || currencyCode === undefined) return null;
  return quotes.make({ ...of, currencyCode, amount: amount?.amount ?? null, rrp: rrp?.amount ?? null });
}

/** A package, with what it means for its item when it has no price. */
interface PackageOf {
  readonly offered: DownloadPackage;
  readonly withoutValue: PartOf;
}

export const packageRef = builder.objectRef<PackageOf>("Package").implement({
  description: "A way to buy a download, e.g. standard (ID 2) or premium quality (ID 9).",
  fields: (t) => ({
    packageId: t.id({ nullable: false, description: "7digital's ID of the package.", resolve: ({ offered }) => offered.packageId }),
    description: t.string({
      description: 'The package in words, e.g. "standard". Null if 7digital does not send it.',
      resolve: ({ offered }) => offered.description ?? null,
    }),
    price: t.field({
      type: priceRef,
      nullable: false,
      description: "Price of the item in this package.",
      resolve: ({ offered, withoutValue }) => packagePrice(offered, withoutValue),
    }),
    formats: t.field({
      type: [formatRef],
      description: "Formats that the package contains. Null if 7digital does not send them.",
      resolve: ({ offered }) => offered.formats ?? (offered.format ? [readable(offered.format)] : null),
    }),
  }),
});

/** The packages of an item: `undefined` where its facts leave them out. */
export function packagesOf(facts: Priced, withoutValue: PartOf): readonly PackageOf[] | null | undefined {
  if (isForStreamingOnly(facts)) return [];
  return mapPresent(
    mapPresent(facts.download, ({ packages }: Download) => packages),
    (packages: NonNullable<Download["packages"]>) =>
      packages.filter((one) => isReadable(one)).map((offered) => ({ offered, withoutValue })),
  );
}
