/** In which store an operation shops. Where several places name one, the nearest decides: `@inContext`, then the request's headers,
 *  then the server's default. Where one place names both, the shop decides, as it does upstream.
 *  @see API document, "Territories and shops" */
import {
  DirectiveLocation,
  getDirectiveValues,
  GraphQLDirective,
  GraphQLID,
  type GraphQLNamedInputType,
  type OperationDefinitionNode,
} from "graphql";
import type { Store } from "../upstream/session.js";
import { isCountryCode } from "../country-code.js";
import { badUserInput } from "./input-error.js";

const countryHeader = "x-7d-country";
const shopHeader = "x-7d-shop-id";

/** `@inContext(country:, shopId:)`, given the schema's own CountryCode. */
export function inContextDirective(countryCode: GraphQLNamedInputType): GraphQLDirective {
  return new GraphQLDirective({
    name: "inContext",
    description: "Runs the operation in the store of a country or in a shop: prices, currency and what is available depend on it.",
    locations: [DirectiveLocation.QUERY, DirectiveLocation.MUTATION],
    args: {
      country: { type: countryCode, description: "The store of this country." },
      shopId: { type: GraphQLID, description: "This shop. Where both are given the shop decides and the country is ignored." },
    },
  });
}

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
 *  @param shopArgument Where the shop id was found, for the error. @throws GraphQLError BAD_USER_INPUT */
export function namedStore({ country, shopId }: StoreNames, shopArgument = "shopId"): Store | undefined {
  if (shopId !== undefined && shopId !== null) return { shopId: parseShopId(shopArgument, shopId) };
  return country === undefined || country === null ? undefined : { country };
}

/** The store an operation names by its directive. @throws GraphQLError BAD_USER_INPUT */
export function storeOfOperation(
  directive: GraphQLDirective,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): Store | undefined {
  return namedStore(getDirectiveValues(directive, operation, variables) ?? {});
}

/** The store that a request's headers name; an empty header names none. @throws GraphQLError BAD_USER_INPUT */
export function storeOfHeaders(header: (name: string) => string | null): Store | undefined {
  const shopId = header(shopHeader) || undefined;
  const country = header(countryHeader) || undefined;
  if (shopId === undefined && country !== undefined && !isCountryCode(country)) {
    throw badUserInput(countryHeader, 'Countries are two letters of ISO 3166-1, for example "GB".');
  }
  return namedStore({ country: country?.toUpperCase(), shopId }, shopHeader);
}

/** Whether it is written as shop ids are. */
export function isShopId(value: string): boolean {
  return /^[1-9]\d{0,9}$/.test(value);
}

function parseShopId(argument: string, value: string): string {
  if (!isShopId(value)) throw badUserInput(argument, 'Shop ids are whole numbers, for example "34".');
  return value;
}
