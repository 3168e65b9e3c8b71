/** The directives: `@inContext` of operations, and those that the printed schema shows on fields, for people. */
import {
  DirectiveLocation,
  GraphQLDirective,
  GraphQLID,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLString,
  type GraphQLScalarType,
} from "graphql";

/** Names the store of an operation. @param countryCode The schema's own scalar. */
export function inContextDirective(countryCode: GraphQLScalarType): GraphQLDirective {
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

export const upstreamDirective = new GraphQLDirective({
  name: "upstream",
  description:
    "The field may call 7digital: at most `calls` calls of `method` for one resolution, and none if the response with its parent " +
    "includes it. Fields of one object with the same method share one call. `calls: 0` is a URL of the method, signed here, for the " +
    "client to open.",
  locations: [DirectiveLocation.FIELD_DEFINITION],
  args: {
    calls: { type: GraphQLInt, defaultValue: 1, description: "The most calls that one resolution can cost. Default: 1." },
    method: { type: new GraphQLNonNull(GraphQLString), description: "The method, as 7digital's API document names it." },
  },
});

export const semanticNonNullDirective = new GraphQLDirective({
  name: "semanticNonNull",
  description: "The field is null only where `errors` says why. Clients that handle errors may treat it as non-null.",
  locations: [DirectiveLocation.FIELD_DEFINITION],
  args: {
    levels: {
      type: new GraphQLList(GraphQLInt),
      defaultValue: [0],
      description: "The levels of a list type that this is about; 0 is the field itself. Default: [0].",
    },
  },
});

export const operatorDirective = new GraphQLDirective({
  name: "operator",
  description: "Only for requests with the operator's secret (x-7d-operator-secret): a server's, never a browser's. Others get FORBIDDEN.",
  locations: [DirectiveLocation.FIELD_DEFINITION, DirectiveLocation.INPUT_FIELD_DEFINITION, DirectiveLocation.ENUM_VALUE],
});
