/** What the prices of an item mean, in both shapes they have been told in. */
import type { Element } from "./element.js";
import { formatsOfPackage } from "./values.js";

/** Why an item that has a price element without a value is not sold on its own. */
export type WithoutValue = "SINGLE_TRACKS_ONLY" | "WHOLE_RELEASE_ONLY";
type Text = string | null | undefined;

export function priceOf(item: Element, withoutValue: WithoutValue) {
  const price = item.object("price");
  if (price && (price.child("value") !== undefined || price.child("formattedPrice") !== undefined)) return early(price, withoutValue);
  const packages = item.object("download")?.child("packages");
  const offered = packages?.all("package") ?? [];
  const standard = offered.find((one) => one.attribute("id") === "2") ?? offered[0];
  if (standard) return late(standard, withoutValue);
  if (packages) return none("NOT_FOR_SALE");
  return price === undefined && packages === undefined ? undefined : none("UNKNOWN");
}

export function packagesOf(item: Element, withoutValue: WithoutValue) {
  const packages = item.inside("download", (download) => download.child("packages"));
  if (!packages) return packages;
  return packages.all("package").map((one) => ({
    packageId: one.attribute("id"),
    description: one.text("description") ?? null,
    price: late(one, withoutValue),
    formats: formatsOfPackage(one),
  }));
}

function early(price: Element, withoutValue: WithoutValue) {
  const currency = price.object("currency");
  const code = currency?.attribute("code");
  const currencyCode = isCode(code) ? code.toUpperCase() : ({ "£": "GBP", "€": "EUR" } as const)[currency?.content as "£"];
  const [value, formatted] = [price.decimal("value"), price.text("formattedPrice")];
  const amount = money(value, currencyCode, formatted);
  const saysNone = !value && ["", "n/a"].includes((formatted ?? "").trim().toLowerCase());
  return {
    current: amount,
    rrp: money(price.decimal("rrp"), currencyCode, price.text("formattedRrp")),
    onSale: price.flag("onSale") ?? price.flag("isOnSale") ?? null,
    soldAs: amount ? "ITEM" : saysNone ? withoutValue : "UNKNOWN",
  };
}

function late(one: Element, withoutValue: WithoutValue) {
  const price = one.object("price");
  if (!price) return none("UNKNOWN");
  const [value, rrp] = [price.decimal("sevendigitalPrice"), price.decimal("recommendedRetailPrice")];
  const code = price.token("currencyCode");
  const currencyCode = isCode(code) ? code.toUpperCase() : undefined;
  const amount = money(value, currencyCode, undefined);
  return {
    current: amount,
    rrp: money(rrp, currencyCode, undefined),
    onSale: value && rrp ? Number(value) < Number(rrp) : null,
    soldAs: amount ? "ITEM" : value ? "UNKNOWN" : withoutValue,
  };
}

function none(soldAs: string) {
  return { current: null, rrp: null, onSale: null, soldAs };
}

function isCode(code: Text): code is string {
  return /^[a-z]{3}$/i.test(code ?? "");
}

function money(amount: Text, currencyCode: Text, formatted: Text) {
  if (!amount || !currencyCode) return null;
  const asWritten = new Intl.NumberFormat("en-GB", { style: "currency", currency: currencyCode });
  const cents = asWritten.formatToParts(0).find(({ type }) => type === "fraction")?.value.length ?? 0;
  const [whole, digits = ""] = amount.split(".");
  const scaled = cents === 0 ? amount : `${String(whole)}.${digits.padEnd(cents, "0")}`;
  return { amount: scaled, currencyCode, display: formatted?.trim() || asWritten.format(amount as Intl.StringNumericLiteral) };
}
