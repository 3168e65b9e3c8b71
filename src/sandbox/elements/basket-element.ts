/** `<basket>` and `<basketItem>`. The document and recorded answers differ in the order of elements and in how sums are written. */

import { currencyOf } from "../catalogue/currencies.js";
import { falls } from "../api/irregularities.js";
import type { Asked } from "../api/method.js";
import type { Release, Track } from "../model.js";
import type { Basket, BasketItem } from "../shop/basket.js";
import { decimal } from "../shop/money.js";
import { element, type XmlElement } from "../api/xml.js";
import { currencyElement, formatted } from "./price-element.js";
import { artistOf } from "./release-parts.js";

/** Methods that write 12.3 instead of 12.30, and 0 instead of 0.00. */
const writesShortSums = new Set(["basket/create", "basket/addpriceditem", "basket/applyVoucher"]);

/** How a basket's answer writes money. */
interface Wording {
  readonly currencyCode: string;
  readonly short: boolean;
  /** `value` in one method of the document, `amount` everywhere else. */
  readonly amount: "amount" | "value";
}

export function basketElement(basket: Basket, asked: Asked): XmlElement {
  const wording: Wording = {
    currencyCode: currencyOf(basket.store.country).code,
    short: writesShortSums.has(asked.path),
    amount: asked.path === "basket/addpriceditem" ? "value" : "amount",
  };
  const currency = currencyElement(wording.currencyCode);
  const sum = (of: "price" | "amountDue") => basket.items.reduce((total, item) => total + item[of], 0);
  const amountDue = amountDueElement(sum("amountDue"), wording, currency);
  const items = element(
    "basketItems",
    basket.items.map((item) => itemElement(item, wording, asked)),
  );
  // The document puts what is due before the items; most recorded responses put it after them.
  const rest = falls("basket-items-last", asked.path, 2) ? [amountDue, items] : [items, amountDue];
  const content = [element("itemCount", basket.items.length), priceElement(sum("price"), wording, currency, rrpOf(basket, asked)), ...rest];
  return element("basket", content, { id: basket.id });
}

function itemElement(item: BasketItem, wording: Wording, asked: Asked): XmlElement {
  const release = existing(asked.catalogue.release(item.releaseId));
  const track = item.trackId === null ? null : existing(asked.catalogue.track(item.trackId));
  const isEarly = release.era === "price";
  const currency = isEarly ? null : currencyElement(wording.currencyCode);
  const noTrack = falls("basket-track-id-zero", item.releaseId, 10) ? 0 : "";
  return element(
    "basketItem",
    [
      element("type", track === null ? "release" : "track"),
      element("itemName", nameOf(track ?? release)),
      element("artistName", artistOf(track ?? release, asked).name),
      element("trackId", item.trackId ?? noTrack),
      element("releaseId", item.releaseId),
      priceElement(item.price, wording, currency, isEarly ? null : item.rrp),
      amountDueElement(item.amountDue, wording, currency),
      item.discounted ? element("discount", [element("type", "Voucher")]) : null,
      isEarly ? null : element("package", "", { id: item.packageId }),
    ],
    { id: item.id },
  );
}

/** What all items together are recommended to cost; null where that of one is not known. */
function rrpOf({ items }: Basket, asked: Asked): number | null {
  const known = items.map(({ releaseId, rrp }) => (existing(asked.catalogue.release(releaseId)).era === "price" ? null : rrp));
  return known.length === 0 || known.includes(null) ? null : known.reduce<number>((total, rrp) => total + (rrp ?? 0), 0);
}

function priceElement(hundredths: number, wording: Wording, currency: XmlElement | null, rrp: number | null): XmlElement {
  return element("price", [
    currency,
    element("value", written(hundredths, wording)),
    formattedElement("formattedPrice", hundredths, wording),
    ...(rrp === null ? [] : [element("rrp", written(rrp, wording)), formattedElement("formattedRrp", rrp, wording)]),
  ]);
}

function amountDueElement(hundredths: number, wording: Wording, currency: XmlElement | null): XmlElement {
  const amount = element(wording.amount, written(hundredths, wording));
  return element("amountDue", [currency, amount, formattedElement("formattedAmount", hundredths, wording)]);
}

function written(hundredths: number, { currencyCode, short }: Wording): string {
  return short ? String(hundredths / 100) : decimal(hundredths, currencyCode);
}

function formattedElement(name: string, hundredths: number, { currencyCode }: Wording): XmlElement {
  return element(name, formatted(currencyCode, decimal(hundredths, currencyCode)));
}

function nameOf({ title, version }: Release | Track): string {
  return version === "" ? title : `${title} (${version})`;
}

function existing<T>(item: T | undefined): T {
  if (item === undefined) throw new Error("A basket holds an item that the sandbox catalogue does not know.");
  return item;
}
