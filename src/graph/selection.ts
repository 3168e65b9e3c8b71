/** Looks ahead at what is selected below a field, so that a thing is looked up only where something about itself is wanted. */
import { collectSubFields } from "@graphql-tools/utils";
import {
  getNamedType,
  isCompositeType,
  isObjectType,
  valueFromASTUntyped,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLResolveInfo,
  type GraphQLSchema,
} from "graphql";
import { costOf, type Selected, type Told } from "./extensions.js";

/** Whether the selection asks an object of that type only for what is found by its id alone (an artist's releases, a release's
 *  tracks, its price in another store), so that the call for its own details can be saved. A selection of nothing but ids does not:
 *  it asks whether the thing exists. */
export function wantsOnlyLists(info: GraphQLResolveInfo, typeName: string, details: string): boolean {
  const selected = selectedOf(info, typeName);
  return selected !== undefined && onlyListsIn(selected, info.variableValues, details);
}

/** Whether the selection asks an object of that type for a field, and of what that gives for nothing but what is `told` and ids. */
export function wantsOnlyTold(info: GraphQLResolveInfo, typeName: string, field: string, told: Told): boolean {
  const selected = selectedOf(info, typeName);
  const { schema, fragments, variableValues } = info;
  return selected !== undefined && onlyToldIn(selected, field, told, { schema, fragments, variableValues });
}

function selectedOf(info: GraphQLResolveInfo, typeName: string): Selected | undefined {
  const type = info.schema.getType(typeName);
  if (!isObjectType(type)) return undefined;
  return { type, fields: collectSubFields(info.schema, info.fragments, info.variableValues, type, [...info.fieldNodes]).fields };
}

interface Document {
  readonly schema: GraphQLSchema;
  readonly fragments: Record<string, FragmentDefinitionNode>;
  readonly variableValues: Record<string, unknown>;
}

/** As `wantsOnlyTold`, of fields that are collected already. */
export function onlyToldIn({ type, fields }: Selected, field: string, told: Told, document: Document): boolean {
  const nodes = [...fields.values()].flat().filter(({ name }) => name.value === field);
  const declared = type.getFields()[field];
  const below = declared && getNamedType(declared.type);
  if (nodes.length === 0 || !isObjectType(below)) return false;
  const wanted = collectSubFields(document.schema, document.fragments, document.variableValues, below, nodes).fields;
  return [...wanted.values()].every(([node]) => {
    const name = node?.name.value ?? "";
    const asked = below.getFields()[name];
    return asked === undefined || costOf(asked) === undefined || told[name] !== undefined;
  });
}

/** As `wantsOnlyLists`, of fields that are collected already. */
export function onlyListsIn({ type, fields }: Selected, variables: Record<string, unknown>, details: string): boolean {
  let lists = false;
  for (const [node] of fields.values()) {
    const field = node && type.getFields()[node.name.value];
    if (node === undefined || field === undefined) continue;
    const cost = costOf(field);
    const ofItsOwn = cost?.method === details && !namesStore(node, variables);
    if (ofItsOwn) return false;
    lists ||= cost !== undefined || isCompositeType(getNamedType(field.type));
  }
  return lists;
}

function namesStore({ arguments: given }: FieldNode, variables: Record<string, unknown>): boolean {
  return given?.some(({ name, value }) => isStore(name.value) && (valueFromASTUntyped(value, variables) ?? null) !== null) ?? false;
}

function isStore(name: string): boolean {
  return name === "country" || name === "shopId";
}
