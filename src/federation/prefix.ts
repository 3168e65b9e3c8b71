/** Gives the types of a schema names with a prefix, for graphs in which another subgraph has types of the same names. */
import { mapSchema, MapperKind, renameType } from "@graphql-tools/utils";
import {
  GraphQLInterfaceType,
  GraphQLSchema,
  GraphQLUnionType,
  isScalarType,
  type GraphQLNamedType,
  type GraphQLTypeResolver,
} from "graphql";
import { andThen } from "../shared/maybe-promise.js";
import { prefixOf, typePrefix } from "../graph/type-names.js";

/** What all subgraphs in Relay's style share, and what federation defines. Scalars are values of the whole graph. */
const kept: ReadonlySet<string> = new Set(["Node", "PageInfo", "_Entity", "_Service"]);

export function withPrefix(schema: GraphQLSchema, prefix: string): GraphQLSchema {
  if (prefix === "") return schema;
  const roots = [schema.getQueryType(), schema.getMutationType()];
  const renamed = (name: string): string => (kept.has(name) ? name : `${prefix}${name}`);
  const mapped = mapSchema(schema, {
    [MapperKind.TYPE]: (type) => (isScalarType(type) || roots.some((root) => root?.name === type.name) ? undefined : named(type, renamed)),
  });
  return new GraphQLSchema({ ...mapped.toConfig(), extensions: { ...mapped.extensions, [typePrefix]: prefix } });
}

/** The name that a type has without the prefix of its schema. */
export function bareName(schema: GraphQLSchema, name: string): string {
  const prefix = prefixOf(schema);
  return name.startsWith(prefix) ? name.slice(prefix.length) : name;
}

type Renamed = (name: string) => string;

function named(type: GraphQLNamedType, renamed: Renamed): GraphQLNamedType {
  if (type instanceof GraphQLInterfaceType) {
    return new GraphQLInterfaceType({ ...type.toConfig(), name: renamed(type.name), resolveType: resolving(type.resolveType, renamed) });
  }
  if (type instanceof GraphQLUnionType) {
    return new GraphQLUnionType({ ...type.toConfig(), name: renamed(type.name), resolveType: resolving(type.resolveType, renamed) });
  }
  return renameType(type, renamed(type.name));
}

/** Resolvers of types give the names that the builder knows. */
function resolving<C>(resolve: GraphQLTypeResolver<unknown, C> | null | undefined, renamed: Renamed): GraphQLTypeResolver<unknown, C> {
  return (value, context, info, type) =>
    andThen(resolve?.(value, context, info, type), (name) => (name === undefined ? undefined : renamed(name)));
}
