/** In which store an operation shops. Where several places name one, the nearest decides: `@inContext`, then the request's headers,
 *  then the server's default. Where one place names both, the shop decides, as it does upstream.
 *  @see API document, "Territories and shops" */
import type { Store } from "../upstream/session.js";
import { isCountryCode } from "../formats/country-code.js";
import { isShopId } from "../formats/value-formats.js";
import { badUserInput } from "./client-error.js";
import { bound } from "./scope.js";

const countryHeader = "x-7d-country";
const shopHeader = "x-7d-shop-id";

/** The store that the operation or its headers requested. Undefined where they left it to the server. */
export const requestedStore = bound<Store | undefined>("requested store");

/** Null where a shop decides. */
export function countryOf(store: Store): string | null {
  return "country" in store ? store.country : null;
}

/** Null where a country decides. */
export function shopIdOf(store: Store): string | null {
  return "shopId" in store ? store.shopId : null;
}

interface StoreNames {
  readonly country?: string | null | undefined;
  readonly shopId?: string | null | undefined;
}

/** The store that one place names, if it names one. Its country is one by the scalar's rule.
 *  @param shopArgument Where the shop id was found, for the error. @throws ClientError BAD_USER_INPUT */
export function namedStore({ country, shopId }: StoreNames, shopArgument = "shopId"): Store | undefined {
  if (shopId !== undefined && shopId !== null) return { shopId: parseShopId(shopArgument, shopId) };
  return country === undefined || country === null ? undefined : { country };
}

/** The store that a request's headers name; an empty header names none. @throws ClientError BAD_USER_INPUT */
export function storeOfHeaders(header: (name: string) => string | null): Store | undefined {
  const shopId = header(shopHeader) || undefined;
  const country = header(countryHeader) || undefined;
  if (shopId === undefined && country !== undefined && !isCountryCode(country)) {
    throw badUserInput(countryHeader, 'Not a valid country code. Send two letters of ISO 3166-1, for example "GB".');
  }
  return namedStore({ country: country?.toUpperCase(), shopId }, shopHeader);
}

function parseShopId(argument: string, value: string): string {
  if (!isShopId(value)) throw badUserInput(argument, 'Not a valid shop ID. Send a whole number, for example "34".');
  return value;
}
