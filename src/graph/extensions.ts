/** What fields carry beside their types: what they may cost upstream, and whether null means an error. Printed into the SDL as
 *  directives for people, and read by the look-ahead of lookups (selection.ts). */
import { DirectiveLocation, GraphQLDirective, GraphQLInt, GraphQLList, GraphQLNonNull, GraphQLString } from "graphql";

export interface UpstreamCost {
  /** The method a resolution of the field may call, as the API document names it. */
  readonly method: string;
  /** The most calls one resolution can cost. */
  readonly calls: number;
}

/** Marks a field that may call 7digital. */
export function upstream(method: string, calls = 1) {
  const cost: UpstreamCost = { method, calls };
  return { extensions: { upstream: cost, directives: { upstream: calls === 1 ? { method } : cost } } };
}

/** The same for a field that is null only where there is an error. */
export function upstreamNonNull(method: string, calls = 1) {
  const { extensions } = upstream(method, calls);
  return { extensions: { ...extensions, directives: { ...extensions.directives, semanticNonNull: {} } } };
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

/** The same field, which calls other methods beside its own. */
export function alsoCalling(methods: readonly string[], { extensions }: ReturnType<typeof upstream>) {
  return { extensions: { ...extensions, upstream: { ...extensions.upstream, methods } } };
}

/** The same field as one that may spend money: an operation holds at most one. */
export function spendsMoney({ extensions }: ReturnType<typeof upstream>) {
  return { extensions: { ...extensions, money: true } };
}
