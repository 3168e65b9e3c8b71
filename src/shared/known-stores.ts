/** The stores of 7digital that we know.
 *
 *  Countries, names and languages: 7digital's own list, as its method `countries` sent it on 2012-10-30. Order as in the list. Codes of
 *  languages: ISO 639-1. Operators can compare it with what the method sends now (service/upstream-stores.ts).
 *  Currencies: the local one, which 7digital uses "whenever possible" (API document, "Territories and shops"). The document shows GBP and
 *  EUR; the others are as in the sandbox (src/sandbox/catalogue/currencies.ts).
 *  Shops: the one that download links of the document and of recorded lockers name, 34. It is the default, which is the British one (API
 *  document, `shopid` of "user/purchase/item"). */
import type { Store } from "../upstream/session.js";

export interface StoreLanguage {
  readonly code: string;
  readonly name: string;
  readonly localName: string;
}

export interface KnownStore {
  /** ISO 3166-1. */
  readonly country: string;
  readonly name: string;
  readonly localName: string | null;
  readonly shopId: string | null;
  /** ISO 4217. Null for a store that 7digital lists and we do not know. */
  readonly currencyCode: string | null;
  readonly languages: readonly StoreLanguage[];
}

const english: StoreLanguage = { code: "en", name: "English", localName: "English" };
const french: StoreLanguage = { code: "fr", name: "French", localName: "Français" };
const german: StoreLanguage = { code: "de", name: "German", localName: "Deutsch" };
const dutch: StoreLanguage = { code: "nl", name: "Dutch", localName: "Nederlands" };
const italian: StoreLanguage = { code: "it", name: "Italian", localName: "Italiano" };
const spanish: StoreLanguage = { code: "es", name: "Spanish", localName: "Español" };

type Row = readonly [string, string, string, string | null, readonly StoreLanguage[]];

const rows: readonly Row[] = [
  ["GB", "GBP", "United Kingdom", "United Kingdom", [english]],
  ["US", "USD", "United States", "United States", [{ ...english, name: "English (US)" }]],
  ["CA", "CAD", "Canada", "Canada", [english, french]],
  ["BE", "EUR", "Belgium", "België/Belgique", [dutch, french]],
  ["DE", "EUR", "Germany", "Deutschland", [german]],
  ["IT", "EUR", "Italy", "Italia", [italian]],
  ["CH", "CHF", "Switzerland", "Schweiz/Suisse", [german, french, italian]],
  ["FR", "EUR", "France", "France", [french]],
  ["NL", "EUR", "Netherlands", "Nederland", [dutch]],
  ["IE", "EUR", "Ireland", "Ireland", [english]],
  ["ES", "EUR", "Spain", "España", [spanish]],
  ["AT", "EUR", "Austria", "Österreich", [german]],
  ["NZ", "NZD", "New Zealand", null, [english]],
  ["LU", "EUR", "Luxembourg", null, [french]],
  ["SE", "SEK", "Sweden", "Sweden", [english]],
  ["FI", "EUR", "Finland", "Finland", [english]],
  ["NO", "NOK", "Norway", "Norway", [english]],
];

const shops: Readonly<Record<string, string>> = { GB: "34" };

export const knownStores: readonly KnownStore[] = rows.map(([country, currencyCode, name, localName, languages]) => ({
  country,
  name,
  localName,
  shopId: shops[country] ?? null,
  currencyCode,
  languages,
}));

const byCountry = new Map(knownStores.map((store) => [store.country, store]));
const byShop = new Map(knownStores.map((store) => [store.shopId, store]));

/** The store that 7digital uses for this country or shop, if we know it. */
export function knownStore(store: Store): KnownStore | undefined {
  return "shopId" in store ? byShop.get(store.shopId) : byCountry.get(store.country);
}
