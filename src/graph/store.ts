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

/** The store an operation names by its directive. @throws GraphQLError BAD_USER_INPUT */
export function storeOfOperation(
  directive: GraphQLDirective,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): Store | undefined {
  const values = getDirectiveValues(directive, operation, variables);
  if (typeof values?.["shopId"] === "string") return { shopId: parseShopId("shopId", values["shopId"]) };
  return typeof values?.["country"] === "string" ? { country: values["country"] } : undefined;
}

/** The store that a request's headers name. @throws GraphQLError BAD_USER_INPUT */
export function storeOfHeaders(header: (name: string) => string | null): Store | undefined {
  const shopId = header(shopHeader);
  if (shopId !== null && shopId !== "") return { shopId: parseShopId(shopHeader, shopId) };
  const country = header(countryHeader);
  if (country === null || country === "") return undefined;
  if (!isCountryCode(country)) throw badUserInput(countryHeader, 'Countries are two letters of ISO 3166-1, for example "GB".');
  return { country: country.toUpperCase() };
}

/** @throws GraphQLError BAD_USER_INPUT */
export function parseShopId(argument: string, value: string): string {
  if (!/^[1-9]\d{0,9}$/.test(value)) throw badUserInput(argument, 'Shop ids are whole numbers, for example "34".');
  return value;
}
