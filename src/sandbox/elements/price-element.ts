/** `<price>` of the earlier era and `<download>` of the later one. What the amounts are is the catalogue's business. */

import { falls } from "../api/irregularities.js";
import type { Asked } from "../api/method.js";
import type { Era, Package, Price, Release, Track } from "../model.js";
import { element, nil, type XmlElement } from "../api/xml.js";
import { describedFormat } from "./format-element.js";

const symbols: ReadonlyMap<string, string> = new Map([
  ["GBP", "£"],
  ["EUR", "€"],
  ["USD", "$"],
  ["CAD", "$"],
  ["AUD", "$"],
  ["NZD", "$"],
  ["JPY", "¥"],
]);

/** Null where the item is answered in the later era's shape only. */
export function priceElement(item: Release | Track, asked: Asked): XmlElement | null {
  if (item.era === "packages") return null;
  const price = asked.catalogue.priceOf(item, asked.store);
  return element("price", [
    currencyElement(price.currencyCode, asked.path === "editorial/list" || falls("currency-without-symbol", item.id, 5)),
    ...(item.era === "price" ? earlierAmounts(price) : laterAmounts(price)),
    element("onSale", price.onSale),
  ]);
}

export function currencyElement(code: string, isEmpty = false): XmlElement {
  return element("currency", isEmpty ? "" : (symbols.get(code) ?? code), { code });
}

/** Until 2012: what is unknown is empty or left out. */
function earlierAmounts({ currencyCode, value, rrp }: Price): (XmlElement | null)[] {
  return [
    element("value", value ?? ""),
    element("formattedPrice", formatted(currencyCode, value)),
    rrp === null ? null : element("rrp", rrp),
    rrp === null ? null : element("formattedRrp", formatted(currencyCode, rrp)),
  ];
}

/** From 2013: what is unknown is nil. */
function laterAmounts({ currencyCode, value, rrp }: Price): XmlElement[] {
  return [
    value === null ? nil("value") : element("value", value),
    element("formattedPrice", formatted(currencyCode, value)),
    rrp === null ? nil("rrp") : element("rrp", rrp),
    element("formattedRrp", formatted(currencyCode, rrp)),
  ];
}

export function formatted(currencyCode: string, amount: string | null): string {
  if (amount === null) return "N/A";
  const symbol = symbols.get(currencyCode);
  if (symbol === undefined) return `${amount} ${currencyCode}`;
  return currencyCode === "EUR" ? amount.replace(".", ",") + symbol : symbol + amount;
}

interface DownloadDates {
  readonly previewDate?: string;
  readonly releaseDate?: string;
}

/** Null where the item is answered in the earlier era's shape only. @param dates That the answer has in the latest era. */
export function downloadElement(item: Release | Track, dates: DownloadDates, asked: Asked): XmlElement | null {
  if (item.era === "price") return null;
  const dated = item.era === "packages" ? Object.entries<string>({ ...dates }).map(([name, date]) => element(name, date)) : [];
  return element("download", [...dated, packagesElement(item, item.era, asked)]);
}

export function packagesElement(item: Release | Track, era: Era, asked: Asked): XmlElement {
  const packages = asked.catalogue.packagesOf(item, asked.store);
  return element(
    "packages",
    packages.map((one) => packageElement(one, era)),
  );
}

function packageElement(one: Package, era: Era): XmlElement {
  const formats = one.formats.map(describedFormat);
  return element(
    "package",
    [
      element("description", one.description),
      element("price", [
        element("currencyCode", one.price.currencyCode),
        one.price.value === null ? nil("sevendigitalPrice") : element("sevendigitalPrice", one.price.value),
        one.price.rrp === null ? nil("recommendedRetailPrice") : element("recommendedRetailPrice", one.price.rrp),
      ]),
      // For about a year a package named its first format a second time, outside the list.
      era === "both" ? (formats[0] ?? null) : null,
      element("formats", formats),
    ],
    { id: one.id },
  );
}
