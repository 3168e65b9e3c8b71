/** The executable schema for gateways: the public one with `_service` and `_entities` for federation and `_sdl` for stitching, and without
 *  `node` and `nodes`, which belong to the whole graph and not to one of its parts, and without what streams: `@defer`, `@stream` and
 *  subscriptions. Types, resolvers and costs are those of the public schema. */
import {
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLScalarType,
  GraphQLSchema,
  GraphQLString,
  GraphQLUnionType,
  valueFromASTUntyped,
  type GraphQLFieldConfig,
  type GraphQLFieldConfigMap,
  type GraphQLResolveInfo,
} from "graphql";
import { incrementalDirectives } from "../graph/directives.js";
import { withoutCall, type Lookup, type LookupCost } from "../graph/field-cost.js";
import { inItsPlace, typeNameOf, validIds } from "../graph/node.js";
import { selectsOnly } from "../graph/selection.js";
import { badUserInput } from "../shared/client-error.js";
import { once } from "../shared/once.js";
import type { Scope } from "../shared/scope.js";
import { entities, identified, type Entity, type Identified, type Representation } from "./entities.js";
import { withPrefix } from "./prefix.js";
import { printStitching } from "./stitching-sdl.js";
import { printSubgraph } from "./subgraph-sdl.js";

/** Fields of the public schema's query type that the subgraph leaves out. */
const ofTheWholeGraph: readonly string[] = ["node", "nodes"];

interface SubgraphOptions {
  /** Different objects that one operation may ask for. */
  readonly mostRepresentations: number;
  /** Of the names of its types; may be empty. */
  readonly prefix: string;
}

export function createSubgraph(schema: GraphQLSchema, options: SubgraphOptions): GraphQLSchema {
  const { query, subscription, types, directives, ...config } = schema.toConfig();
  if (query === null || query === undefined) throw new TypeError("The schema has no queries.");
  const { fields, ...queryConfig } = query.toConfig();
  const kept = Object.fromEntries(Object.entries(fields).filter(([name]) => !ofTheWholeGraph.includes(name)));
  const sdl = { composed: once((): string => printSubgraph(subgraph)), stitched: once((): string => printStitching(subgraph)) };
  const unnamed = new GraphQLSchema({
    ...config,
    query: new GraphQLObjectType<unknown, Scope>({ ...queryConfig, fields: { ...kept, ...federationFields(schema, sdl, options) } }),
    types: types.filter((type) => type !== query && type !== subscription),
    directives: directives.filter(({ name }) => !incrementalDirectives.some((one) => one.name === name)),
  });
  const subgraph = withPrefix(unnamed, options.prefix);
  return subgraph;
}

const anyScalar = new GraphQLScalarType<Representation>({
  name: "_Any",
  description: "One entity: the name of its type as `__typename`, and the fields of one of its keys.",
  parseValue: representationOf,
  parseLiteral: (node, variables) => representationOf(valueFromASTUntyped(node, variables)),
});

function representationOf(value: unknown): Representation {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  throw badUserInput("representations", "Send objects with `__typename` and the fields of a key.");
}

interface Sdl {
  readonly composed: () => string;
  readonly stitched: () => string;
}

function federationFields(schema: GraphQLSchema, sdl: Sdl, options: SubgraphOptions): GraphQLFieldConfigMap<unknown, Scope> {
  const service = new GraphQLObjectType<unknown, Scope>({
    name: "_Service",
    description: "The subgraph.",
    fields: { sdl: { type: new GraphQLNonNull(GraphQLString), description: "Its SDL, for composition.", resolve: sdl.composed } },
  });
  return {
    _service: {
      type: new GraphQLNonNull(service),
      description: "The subgraph, for composition.",
      resolve: () => ({}),
    },
    _sdl: {
      type: new GraphQLNonNull(GraphQLString),
      description: "The SDL of this API for schema stitching, with the directives of @graphql-tools/stitching-directives.",
      resolve: sdl.stitched,
    },
    _entities: entitiesField(schema, options),
  };
}

function entitiesField(
  schema: GraphQLSchema,
  { mostRepresentations: most, prefix }: SubgraphOptions,
): GraphQLFieldConfig<unknown, Scope, { readonly representations: readonly Representation[] }> {
  const types = Object.keys(entities).map((name) => schema.getType(name) as GraphQLObjectType);
  const union = new GraphQLUnionType({
    name: "_Entity",
    description: "An object that other subgraphs can refer to.",
    types,
    resolveType: (facts: object) => typeNameOf(finders, facts),
  });
  return {
    ...withoutCall({ lookup: lookupOfEntities(most, prefix) }),
    type: new GraphQLNonNull(new GraphQLList(union)),
    description:
      "Objects by their keys, for gateways. The result has the same order and length, with null for each object that does not exist. One that " +
      "cannot be read is null with an error.",
    args: {
      representations: {
        type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(anyScalar))),
        description: "The objects. Those that are the same cost as much as one.",
      },
    },
    resolve(_, { representations }, scope, info) {
      const admit = admission(most);
      return inItsPlace(representations, (representation) => find(admit(identified(representation, prefix)), scope, info));
    },
  };
}

function find({ entity, id }: Identified, scope: Scope, info: GraphQLResolveInfo) {
  const { finder, stub } = entity;
  return selectsOnly(info, finder.type, keyFieldsOf(entity)) ? stub(id) : finder.find(id, scope, info);
}

/** The names of the fields that the keys tell. */
function keyFieldsOf({ keys }: Entity): readonly string[] {
  return keys.flatMap((key) => key.split(" "));
}

/** Takes so many different objects, and rejects more. */
function admission(most: number): (found: Identified) => Identified {
  const admitted = new Set<string>();
  return (found) => {
    const name = JSON.stringify(found.id);
    if (!admitted.has(name) && admitted.size === most)
      throw badUserInput("representations", `Send at most ${String(most)} different entities at once.`);
    admitted.add(name);
    return found;
  };
}

const finders = Object.values(entities).map(({ finder }) => finder);
const costs: Lookup["costs"] = Object.fromEntries(
  Object.values(entities).map((entity) => [entity.kind, { ...entity.finder, keyFields: keyFieldsOf(entity) } satisfies LookupCost]),
);

function lookupOfEntities(most: number, prefix: string): Lookup {
  return {
    several: true,
    partial: true,
    costs,
    ids({ representations }) {
      const admit = admission(most);
      return validIds(representations as readonly Representation[], (representation) => admit(identified(representation, prefix)).id);
    },
  };
}
