/** Looks ahead at what is selected below a field, so that a thing is looked up only where something about itself is wanted. */
import { collectSubFields } from "@graphql-tools/utils";
import { getNamedType, isCompositeType, isObjectType, Kind, type FieldNode, type GraphQLResolveInfo } from "graphql";
import type { UpstreamCost } from "./extensions.js";

/** Whether the selection asks an object of that type only for what is found by its id alone (an artist's releases, a release's
 *  tracks, its price in another store), so that the call for its own details can be saved. A selection of nothing but ids does not:
 *  it asks whether the thing exists. */
export function wantsOnlyLists(info: GraphQLResolveInfo, typeName: string, details: string): boolean {
  const type = info.schema.getType(typeName);
  if (!isObjectType(type)) return false;
  const selected = collectSubFields(info.schema, info.fragments, info.variableValues, type, [...info.fieldNodes]).fields;
  let lists = false;
  for (const [node] of selected.values()) {
    const field = node && type.getFields()[node.name.value];
    if (node === undefined || field === undefined) continue;
    const cost = field.extensions["upstream"] as UpstreamCost | undefined;
    const ofItsOwn = cost?.method === details && !namesStore(node);
    if (ofItsOwn) return false;
    lists ||= cost !== undefined || isCompositeType(getNamedType(field.type));
  }
  return lists;
}

function namesStore({ arguments: given }: FieldNode): boolean {
  return given?.some(({ name, value }) => (name.value === "country" || name.value === "shopId") && value.kind !== Kind.NULL) ?? false;
}
