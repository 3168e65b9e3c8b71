/** What a price means, from either shape 7digital has told it in. Amounts stay the digits that were sent. */
import type { Download, DownloadPackage, LegacyPrice } from "./price.js";

/** Why an item can or can not be had on its own. */
export type SoldAs = "ITEM" | "WHOLE_RELEASE_ONLY" | "SINGLE_TRACKS_ONLY" | "NOT_FOR_SALE" | "UNKNOWN";

export interface Money {
  /** Decimal text. */
  readonly amount: string;
  /** ISO 4217. */
  readonly currencyCode: string;
  readonly display: string;
}

export interface Price {
  readonly amount: Money | null;
  readonly rrp: Money | null;
  readonly onSale: boolean | null;
  readonly soldAs: SoldAs;
}

/** Members of a release or track that tell its price. */
export interface Priced {
  readonly price?: LegacyPrice | null | undefined;
  readonly download?: Download | null | undefined;
}

/** What it means that an item has a price element without a value: it is sold only as part of its release, or only by its tracks.
 *  @see API document, "Price" */
export type PartOf = "WHOLE_RELEASE_ONLY" | "SINGLE_TRACKS_ONLY";

/** The price of an item; `undefined` where its facts do not tell one. A price that is nil only says that this answer tells none:
 *  recorded search hits are nil for items that details sell. */
export function priceOf({ price, download }: Priced, withoutValue: PartOf): Price | undefined {
  if (price && tellsAmount(price)) return legacyPrice(price, withoutValue);
  const primary = download ? primaryPackage(download) : undefined;
  if (primary) return packagePrice(primary, withoutValue);
  if (download?.packages?.length === 0) return noPrice("NOT_FOR_SALE");
  return price === undefined && download?.packages === undefined ? undefined : noPrice("UNKNOWN");
}

function tellsAmount({ value, formattedPrice }: LegacyPrice): boolean {
  return value !== undefined || formattedPrice !== undefined;
}

/** The standard package (id 2) where there is one, whatever the order. */
function primaryPackage({ packages }: Download): DownloadPackage | undefined {
  return packages?.find(({ packageId }) => packageId === "2") ?? packages?.[0];
}

function legacyPrice(price: LegacyPrice, withoutValue: PartOf): Price {
  const currencyCode = currencyCodeOf(price.currency?.code, price.currencySymbol);
  const amount = money(price.value, currencyCode, price.formattedPrice);
  const notApplicable = !price.value && /^(?:N\/A)?$/i.test(price.formattedPrice?.trim() ?? "");
  return {
    amount,
    rrp: money(price.rrp, currencyCode, price.formattedRrp),
    onSale: price.onSale ?? price.isOnSale ?? null,
    soldAs: amount ? "ITEM" : notApplicable ? withoutValue : "UNKNOWN",
  };
}

/** The price of one package. */
export function packagePrice({ price }: DownloadPackage, withoutValue: PartOf): Price {
  if (!price) return noPrice("UNKNOWN");
  const { sevendigitalPrice: value, recommendedRetailPrice: rrp } = price;
  const currencyCode = isCurrency(price.currencyCode) ? price.currencyCode.toUpperCase() : undefined;
  const amount = money(value, currencyCode, undefined);
  return {
    amount,
    rrp: money(rrp, currencyCode, undefined),
    onSale: value && rrp ? Number(value) < Number(rrp) : null,
    soldAs: amount ? "ITEM" : value ? "UNKNOWN" : withoutValue,
  };
}

function noPrice(soldAs: SoldAs): Price {
  return { amount: null, rrp: null, onSale: null, soldAs };
}

type Text = string | null | undefined;

function isCurrency(code: Text): code is string {
  return typeof code === "string" && /^[A-Za-z]{3}$/.test(code);
}

/** The ISO 4217 code of `<currency code="GBP">£</currency>`; undefined where neither tells one. */
export function currencyCodeOf(code: Text, symbol: Text): string | undefined {
  return isCurrency(code) ? code.toUpperCase() : currencyOf(symbol);
}

/** Some answers of 2012 tell the currency by its symbol alone; a dollar sign could be anybody's. */
function currencyOf(symbol: Text): string | undefined {
  return symbol === "£" ? "GBP" : symbol === "€" ? "EUR" : undefined;
}

export function money(amount: Text, currencyCode: string | undefined, formatted: Text): Money | null {
  if (!amount || currencyCode === undefined) return null;
  return { amount, currencyCode, display: formatted?.trim() || display(amount, currencyCode) };
}

const formatters = new Map<string, Intl.NumberFormat>();

/** For answers that leave the formatted price out: as an English reader writes it. */
function display(amount: string, currencyCode: string): string {
  let formatter = formatters.get(currencyCode);
  if (formatter === undefined) {
    // Making one costs a hundred times what using it does.
    formatter = new Intl.NumberFormat("en-GB", { style: "currency", currency: currencyCode });
    if (formatters.size < 300) formatters.set(currencyCode, formatter);
  }
  return formatter.format(amount as Intl.StringNumericLiteral);
}
