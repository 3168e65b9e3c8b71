/** The directives: `@inContext`, `@defer` and `@stream` of operations, and those that the printed schema shows on fields, for people. */
import {
  DirectiveLocation,
  GraphQLBoolean,
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
    description: "Runs the operation in the store of a country or in a shop. Prices, currency and availability depend on the store.",
    locations: [DirectiveLocation.QUERY, DirectiveLocation.MUTATION, DirectiveLocation.SUBSCRIPTION],
    args: {
      country: { type: countryCode, description: 'Country of the store, e.g. "DE".' },
      shopId: { type: GraphQLID, description: 'ID of a shop, e.g. "34". Takes precedence over `country`.' },
    },
  });
}

const whenIncremental =
  "For queries whose client accepts `multipart/mixed` or `text/event-stream`. Any other response has everything at once. It costs the same " +
  "calls to 7digital either way.";
const condition = { type: new GraphQLNonNull(GraphQLBoolean), defaultValue: true };
const label = { type: GraphQLString, description: "A name for the parts that this sends. Each name may be used once." };

const deferDirective = new GraphQLDirective({
  name: "defer",
  description: `Sends the fields of a fragment in a later part of the response, as soon as they are ready. ${whenIncremental}`,
  locations: [DirectiveLocation.FRAGMENT_SPREAD, DirectiveLocation.INLINE_FRAGMENT],
  args: { if: { ...condition, description: "Whether to defer the fragment. Default: true." }, label },
});

export const streamDirective = new GraphQLDirective({
  name: "stream",
  description: `Sends the items of a list in later parts of the response, each as soon as it is ready. ${whenIncremental}`,
  locations: [DirectiveLocation.FIELD],
  args: {
    if: { ...condition, description: "Whether to stream the list. Default: true." },
    label,
    initialCount: {
      type: new GraphQLNonNull(GraphQLInt),
      defaultValue: 0,
      description: "How many items the first part has. Default: 0.",
    },
  },
});

/** Those that make a response come in parts. */
export const incrementalDirectives = [deferDirective, streamDirective] as const;

export const upstreamDirective = new GraphQLDirective({
  name: "upstream",
  description:
    "The field may call 7digital: at most `calls` calls of `method` for one object, and none if the response that contained " +
    "the object already includes the field. Fields of one object with the same method share one call. With `calls: 0`, the " +
    "field is a signed URL of the method, for the client to open.",
  locations: [DirectiveLocation.FIELD_DEFINITION],
  args: {
    calls: { type: GraphQLInt, defaultValue: 1, description: "Maximum number of calls for one object. Default: 1." },
    method: { type: new GraphQLNonNull(GraphQLString), description: 'The method, as the 7digital API names it, e.g. "release/details".' },
  },
});

export const semanticNonNullDirective = new GraphQLDirective({
  name: "semanticNonNull",
  description: "The field is null only if `errors` says why. Clients that handle errors can treat it as non-null.",
  locations: [DirectiveLocation.FIELD_DEFINITION],
  args: {
    levels: {
      type: new GraphQLList(GraphQLInt),
      defaultValue: [0],
      description: "Levels of a list type that this applies to. 0 is the field itself. Default: [0].",
    },
  },
});

export const operatorDirective = new GraphQLDirective({
  name: "operator",
  description:
    "Only for the operator's own servers: requests with the header `x-7d-operator-secret`. The schema of other requests is without it.",
  locations: [DirectiveLocation.FIELD_DEFINITION, DirectiveLocation.INPUT_FIELD_DEFINITION, DirectiveLocation.ENUM_VALUE],
});
