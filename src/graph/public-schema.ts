/** The schema without what only the operator's own servers may use. This is what keeps it from others: the rules behind it do not ask again. */
import { mapSchema, MapperKind, pruneSchema } from "@graphql-tools/utils";
import type { GraphQLSchema } from "graphql";
import { operatorDirective } from "./directives.js";
import { isOperatorOnly } from "./operator.js";

interface Extended {
  readonly extensions?: object | null | undefined;
}

export function publicSchema(schema: GraphQLSchema): GraphQLSchema {
  const kept = <T extends Extended>(part: T): T | null => (isOperatorOnly(part.extensions ?? {}) ? null : part);
  const mapped = mapSchema(schema, {
    [MapperKind.OBJECT_FIELD]: kept,
    [MapperKind.INPUT_OBJECT_FIELD]: kept,
    [MapperKind.ENUM_VALUE]: kept,
    [MapperKind.DIRECTIVE]: (directive) => (directive.name === operatorDirective.name ? null : directive),
  });
  const usedBefore = typeNamesOf(pruneSchema(schema));
  // Types that no field led to before, such as the codes of errors, are there to be read.
  return pruneSchema(mapped, { skipPruning: ({ name }) => !usedBefore.has(name) });
}

function typeNamesOf(schema: GraphQLSchema): ReadonlySet<string> {
  return new Set(Object.keys(schema.getTypeMap()));
}
