/** The two texts that are made from the schema: its SDL, and what its abstract types stand for. */
import { printSchemaWithDirectives } from "@graphql-tools/utils";
import { type GraphQLSchema, isAbstractType, lexicographicSortSchema } from "graphql";

/** Sorted, with descriptions and the applied directives that `extensions.directives` tell. */
export function printSdl(schema: GraphQLSchema): string {
  return `${printSchemaWithDirectives(lexicographicSortSchema(schema)).trim()}\n`;
}

/** Interfaces and unions with their concrete types, in the shape of Apollo Client's `possibleTypes`. */
export function printPossibleTypes(schema: GraphQLSchema): string {
  const abstract = Object.values(schema.getTypeMap()).filter(isAbstractType);
  const entries = abstract.map(
    (type) =>
      [
        type.name,
        schema
          .getPossibleTypes(type)
          .map(({ name }) => name)
          .sort(),
      ] as const,
  );
  const sorted = entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `${JSON.stringify(Object.fromEntries(sorted), undefined, 2)}\n`;
}
