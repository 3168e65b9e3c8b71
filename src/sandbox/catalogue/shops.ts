/** The shops of partners. Every positive shop id is a shop of some country; a few are known. */

import { pick } from "./hash.js";

const known: ReadonlyMap<number, string> = new Map([
  [34, "GB"],
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
