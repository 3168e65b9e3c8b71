/** The shops of partners. Every positive shop id is a shop of some country; a few are known. */

import { pick } from "./hash.js";

/** 7digital's British shop. @see API document, "user/purchase/item": the default of `shopid` */
export const defaultShop = 34;

const known: ReadonlyMap<number, string> = new Map([
  [defaultShop, "GB"],
  [35, "IE"],
  [36, "DE"],
  [37, "FR"],
  [38, "US"],
]);

const countries = ["GB", "GB", "US", "DE", "FR", "ES", "IT", "NL", "CA", "AU", "SE", "DK"] as const;

/** Undefined for what is no shop id. */
export function countryOfShop(shopId: number): string | undefined {
  if (!Number.isSafeInteger(shopId) || shopId < 1) return undefined;
  return known.get(shopId) ?? pick(countries, 801, shopId);
}
