/** `@inContext`: the directive by which an operation names its store. */
import {
  DirectiveLocation,
  getDirectiveValues,
  GraphQLDirective,
  GraphQLID,
  type GraphQLNamedInputType,
  type OperationDefinitionNode,
} from "graphql";
import { namedStore } from "../shared/store.js";
import type { Store } from "../upstream/session.js";

/** @param countryCode The schema's own scalar. */
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

/** The store an operation names by its directive. @throws ClientError BAD_USER_INPUT */
export function storeOfOperation(
  directive: GraphQLDirective,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): Store | undefined {
  return namedStore(getDirectiveValues(directive, operation, variables) ?? {});
}
