/** Looks ahead at what is selected below a field, so that an object is looked up only where something about itself is wanted. */
import { collectSubFields } from "@graphql-tools/utils";
import {
  getNamedType,
  isCompositeType,
  isObjectType,
  valueFromASTUntyped,
  type FieldNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
} from "graphql";
import { roleOf } from "./argument-role.js";
import { costOf, type Method } from "./field-cost.js";
import { typeNamed } from "./type-names.js";

/** The fields that an operation asks of objects of one type. */
export interface Selected {
  readonly type: GraphQLObjectType;
  /** By response name. */
  readonly fields: ReadonlyMap<string, readonly FieldNode[]>;
}

/** Whether the selection asks an object only for what is found by its id alone (an artist's releases, a release's tracks, a price in
 *  another store), so that the call for its own details can be saved. A selection of nothing but ids does not count: it asks whether the
 *  object exists.
 *  @param type The object type, or the builder's reference to it. */
export function wantsOnlyLists(info: GraphQLResolveInfo, type: { readonly name: string }, details: Method): boolean {
  const selected = selectedOf(info, type);
  return selected !== undefined && hasOnlyLists(selected, info.variableValues, details);
}

/** Whether no other fields are selected of an object. @param type The object type, or the builder's reference to it. */
export function selectsOnly(info: GraphQLResolveInfo, type: { readonly name: string }, names: readonly string[]): boolean {
  const selected = selectedOf(info, type);
  return selected !== undefined && hasOnlyFields(selected, names);
}

/** As `selectsOnly`, of fields that are collected already. */
export function hasOnlyFields({ fields }: Pick<Selected, "fields">, names: readonly string[]): boolean {
  return [...fields.values()].every(([node]) => node !== undefined && ["__typename", ...names].includes(node.name.value));
}

function selectedOf(info: GraphQLResolveInfo, ref: { readonly name: string }): Selected | undefined {
  const type = typeNamed(info.schema, ref);
  if (!isObjectType(type)) return undefined;
  return { type, fields: collectSubFields(info.schema, info.fragments, info.variableValues, type, [...info.fieldNodes]).fields };
}

/** As `wantsOnlyLists`, of fields that are collected already. */
export function hasOnlyLists({ type, fields }: Selected, variables: Record<string, unknown>, details: Method): boolean {
  let lists = false;
  for (const [node] of fields.values()) {
    const field = node && type.getFields()[node.name.value];
    if (node === undefined || field === undefined) continue;
    const { upstream } = costOf(field);
    if (upstream?.method === details.path && !namesStore(field, node, variables)) return false;
    lists ||= upstream !== undefined || isCompositeType(getNamedType(field.type));
  }
  return lists;
}

function namesStore(
  field: GraphQLField<unknown, unknown>,
  { arguments: given = [] }: FieldNode,
  variables: Record<string, unknown>,
): boolean {
  return given.some(({ name, value }) => {
    const argument = field.args.find((one) => one.name === name.value);
    const role = argument && roleOf(argument);
    return (role === "country" || role === "shopId") && (valueFromASTUntyped(value, variables) ?? null) !== null;
  });
}
