/** The shops the sandbox knows: from `country` and `shopId` of a call to the store it shops in. */

import { countryOfShop, defaultShop } from "../catalogue/shops.js";
import type { Store } from "../model.js";
import { notValid } from "./parameters.js";

const defaultCountry = "GB";

const countries = new Set("GB IE DE FR ES IT NL BE AT FI PT LU CH SE DK NO PL US CA AU NZ JP".split(" "));

/** A shop wins over a country. A country without a store of its own shops in the default store, the UK one.
 *  @see API document, "Country and shop" */
export function storeOf(country: string | undefined, shopId: string | undefined): Store {
  if (shopId !== undefined && shopId !== "") return shop(shopId);
  if (country === undefined || country === "") return { country: defaultCountry, shopId: null };
  if (!/^[a-z]{2}$/i.test(country)) throw notValid("country");
  const code = country.toUpperCase();
  return { country: countries.has(code) ? code : defaultCountry, shopId: null };
}

function shop(shopId: string): Store {
  const country = /^\d{1,10}$/.test(shopId) ? countryOfShop(Number(shopId)) : undefined;
  if (country === undefined) throw notValid("shopId");
  // A call without a shop is one to the default shop: naming it changes nothing.
  return { country, shopId: Number(shopId) === defaultShop ? null : Number(shopId) };
}
