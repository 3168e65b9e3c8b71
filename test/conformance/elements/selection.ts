/** Selections of all that one response can show: every field that is read from an object itself, and no list that is a call of its own. */
import {
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isListType,
  isObjectType,
  isRequiredArgument,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from "graphql";
import { costOf } from "../../../src/graph/field-cost.js";

/** Every field has its coordinate as its alias: Release__title. */
export const coordinateOf = (alias: string) => alias.replace("__", ".");

export function selectAll(schema: GraphQLSchema, typeName: string, above: readonly string[] = []): string {
  const type = schema.getType(typeName);
  if (isAbstractType(type)) {
    const parts = schema.getPossibleTypes(type).map(({ name }) => ({ name, inside: selectAll(schema, name, above) }));
    return parts
      .map(({ name, inside }) => (inside === "" ? "" : `... on ${name} { ${inside} }`))
      .join(" ")
      .trim();
  }
  if (!isObjectType(type) || above.filter((name) => name === typeName).length > 1) return "";
  return Object.values(type.getFields())
    .map((field) => selectField(schema, type, field, [...above, typeName]))
    .filter((part) => part !== "")
    .join(" ");
}

function selectField(
  schema: GraphQLSchema,
  type: GraphQLObjectType,
  field: GraphQLField<unknown, unknown>,
  above: readonly string[],
): string {
  if (field.args.some(isRequiredArgument) || isOwnList(field)) return "";
  const aliased = `${type.name}__${field.name}: ${field.name}${argumentsOf(field)}`;
  const child = getNamedType(field.type);
  if (!isCompositeType(child)) return aliased;
  const inside = selectAll(schema, child.name, above);
  return inside === "" ? "" : `${aliased} { ${inside} }`;
}

/** Whether it is a page of what another call gives. */
function isOwnList(field: GraphQLField<unknown, unknown>): boolean {
  const { upstream, includedIn = [] } = costOf(field);
  const isList = isListType(getNullableType(field.type)) || field.args.some(({ name }) => name === "first");
  return upstream !== undefined && isList && includedIn.length === 0 && upstream.list !== undefined;
}

function argumentsOf(field: GraphQLField<unknown, unknown>): string {
  return field.args.some(({ name }) => name === "first") ? "(first: 100)" : "";
}
