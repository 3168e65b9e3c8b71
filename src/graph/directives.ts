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
    "The field may call 7digital: at most `calls` calls of `method` for one resolution, none where the answer that gave its parent " +
    "told it already. Fields of one object with the same method share one call. With `calls: 0` it gives a URL of the method, signed here " +
    "for somebody else to follow.",
  locations: [DirectiveLocation.FIELD_DEFINITION],
  args: {
    calls: { type: new GraphQLNonNull(GraphQLInt), defaultValue: 1, description: "The most calls that one resolution can cost." },
    method: { type: new GraphQLNonNull(GraphQLString), description: "The method, as 7digital's API document names it." },
  },
});

export const semanticNonNullDirective = new GraphQLDirective({
  name: "semanticNonNull",
  description: "The field is null only where `errors` says why. Clients that handle errors may treat it as non-null.",
  locations: [DirectiveLocation.FIELD_DEFINITION],
  args: {
    levels: {
      type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(GraphQLInt))),
      defaultValue: [0],
      description: "Which levels of a list type this is said of; 0 is the field itself.",
    },
  },
});

export const operatorDirective = new GraphQLDirective({
  name: "operator",
  description: "Only for requests with the operator's secret (x-7d-operator-secret): a server's, never a browser's. Others get FORBIDDEN.",
  locations: [DirectiveLocation.FIELD_DEFINITION, DirectiveLocation.INPUT_FIELD_DEFINITION, DirectiveLocation.ENUM_VALUE],
});
