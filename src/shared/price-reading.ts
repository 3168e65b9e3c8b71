/** What a price means, in either shape that 7digital has used. Amounts stay the digits that were sent. */
import Big from "big.js";
import { ifReadable, isReadable, Unreadable } from "../upstream/xml/unreadable.js";
import type { Store } from "../upstream/session.js";
import type { Download, DownloadPackage, LegacyPrice, Streaming } from "./price.js";

/** Whether an item can be bought on its own, or why not. */
export type SoldAs = "ITEM" | "WHOLE_RELEASE_ONLY" | "SINGLE_TRACKS_ONLY" | "NOT_FOR_SALE" | "UNKNOWN";

export interface Money {
  /** Decimal text. */
  readonly amount: string;
  /** ISO 4217. */
  readonly currencyCode: string;
  readonly display: string;
}

export interface Price {
  readonly amount: Money | Unreadable | null;
  readonly rrp: Money | Unreadable | null;
  readonly onSale: boolean | Unreadable | null;
  readonly soldAs: SoldAs;
}

/** What is for sale where: what a quote is about. */
export interface ForSale {
  readonly releaseId: string;
  /** Undefined for a whole release. */
  readonly trackId: string | undefined;
  readonly store: Store;
}

/** A price with what it is the price of, where that can be bought at it. */
export interface ShownPrice extends Price {
  readonly of?: ForSale | undefined;
}

/** Members of a release or track that hold its price. */
export interface Priced {
  readonly price?: LegacyPrice | null | undefined;
  readonly download?: Download | null | undefined;
  readonly subscriptionStreaming?: Streaming | null | undefined;
  readonly adSupportedStreaming?: Streaming | null | undefined;
}

/** Whether an answer has the item for streaming alone: it has dates of streaming, and nothing about downloads. */
export function isForStreamingOnly({ price, download, subscriptionStreaming, adSupportedStreaming }: Priced): boolean {
  return price === undefined && download === undefined && (subscriptionStreaming ?? adSupportedStreaming) !== undefined;
}

/** What it means that an item has a price element without a value: it is sold only as part of its release, or only by its tracks.
 *  @see API document, "Price" */
export type PartOf = "WHOLE_RELEASE_ONLY" | "SINGLE_TRACKS_ONLY";

/** The price of an item; undefined where these facts do not have it. A nil price is one of those: search hits have it for items on sale. */
export function priceOf(facts: Priced, withoutValue: PartOf): Price | Unreadable | undefined {
  const { price, download } = facts;
  if (isForStreamingOnly(facts)) return noPrice("NOT_FOR_SALE");
  if (price && tellsAmount(price)) return legacyPrice(price, withoutValue);
  const primary = download ? primaryPackage(download) : undefined;
  if (primary instanceof Unreadable) return primary;
  if (primary) return packagePrice(primary, withoutValue);
  if (download?.packages?.length === 0) return noPrice("NOT_FOR_SALE");
  return price === undefined && download?.packages === undefined ? undefined : noPrice("UNKNOWN");
}

function tellsAmount({ value, formattedPrice }: LegacyPrice): boolean {
  return value !== undefined || formattedPrice !== undefined;
}

/** The standard package (id 2), else one that cannot be read, as it may be the standard one, else the first. */
function primaryPackage({ packages }: Download): DownloadPackage | Unreadable | undefined {
  const standard = packages?.find((one) => isReadable(one) && one.packageId === "2");
  return standard ?? packages?.find((one) => !isReadable(one)) ?? packages?.[0];
}

function legacyPrice(price: LegacyPrice, withoutValue: PartOf): Price {
  const { currency } = price;
  const amount = money(price.value, currency, price.formattedPrice);
  const notApplicable = !price.value && /^(?:N\/A)?$/i.test(price.formattedPrice?.trim() ?? "");
  return {
    amount,
    rrp: money(price.rrp, currency, price.formattedRrp),
    onSale: price.onSale ?? price.isOnSale ?? null,
    soldAs: amount && isReadable(amount) ? "ITEM" : notApplicable ? withoutValue : "UNKNOWN",
  };
}

/** The price of one package. */
export function packagePrice({ price }: DownloadPackage, withoutValue: PartOf): Price {
  if (!price) return noPrice("UNKNOWN");
  const { currencyCode, sevendigitalPrice: value, recommendedRetailPrice: rrp } = price;
  const amount = money(value, currencyCode, undefined);
  return {
    amount,
    rrp: money(rrp, currencyCode, undefined),
    onSale: isLess(ifReadable(value), ifReadable(rrp)),
    soldAs: amount && isReadable(amount) ? "ITEM" : value ? "UNKNOWN" : withoutValue,
  };
}

function isLess(value: Text, than: Text): boolean | null {
  if (!value || !than) return null;
  // Most things are not on sale, and a Big takes longer than all else here.
  return value !== than && new Big(value).lt(than);
}

export const unknownPrice = noPrice("UNKNOWN");

function noPrice(soldAs: SoldAs): Price {
  return { amount: null, rrp: null, onSale: null, soldAs };
}

type Text = string | null | undefined;

/** An amount as 7digital writes it; null where there is none, or no currency. */
export function money(amount: Text | Unreadable, currencyCode: Text | Unreadable, formatted: Text): Money | Unreadable | null {
  if (amount instanceof Unreadable) return amount;
  if (!amount || !currencyCode) return null;
  if (currencyCode instanceof Unreadable) return currencyCode;
  return moneyIn(amount, currencyCode, formatted);
}

/** @param formatted As the store writes it, where the answer has it. */
export function moneyIn(amount: string, currencyCode: string, formatted?: Text): Money {
  return { amount, currencyCode, display: formatted?.trim() || display(amount, currencyCode) };
}

interface CurrencyFormat {
  readonly formatter: Intl.NumberFormat;
  /** Decimals that the currency has. */
  readonly scale: number;
}

const formats = new Map<string, CurrencyFormat>();

function formatOf(currencyCode: string): CurrencyFormat {
  let format = formats.get(currencyCode);
  if (format === undefined) {
    // Making one costs a hundred times what using it does.
    const formatter = new Intl.NumberFormat("en-GB", { style: "currency", currency: currencyCode });
    format = { formatter, scale: formatter.resolvedOptions().minimumFractionDigits ?? 0 };
    if (formats.size < 300) formats.set(currencyCode, format);
  }
  return format;
}

/** For answers that leave the formatted price out: as an English reader writes it. */
function display(amount: string, currencyCode: string): string {
  return formatOf(currencyCode).formatter.format(amount as Intl.StringNumericLiteral);
}

/** The amount with at least the decimals of its currency. No digit is cut. */
export function inScale(amount: string, currencyCode: string): string {
  const { scale } = formatOf(currencyCode);
  const [whole = "", decimals = ""] = amount.split(".");
  return decimals.length >= scale ? amount : `${whole}.${decimals.padEnd(scale, "0")}`;
}
