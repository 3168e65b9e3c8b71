/** Types by the names that the builder knows, also in a schema that gives them a prefix. */
import type { GraphQLNamedType, GraphQLSchema } from "graphql";

/** The extension of a schema that has the prefix. */
export const typePrefix = "typePrefix";

export function prefixOf({ extensions }: GraphQLSchema): string {
  const prefix = extensions[typePrefix];
  return typeof prefix === "string" ? prefix : "";
}

/** @param ref The type, or the builder's reference to it. */
export function typeNamed(schema: GraphQLSchema, ref: { readonly name: string }): GraphQLNamedType | undefined {
  return schema.getType(`${prefixOf(schema)}${ref.name}`) ?? schema.getType(ref.name);
}
