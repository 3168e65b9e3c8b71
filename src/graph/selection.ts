/** Looks ahead at what is selected below a field, so that a thing is looked up only where something about itself is wanted. */
import { getNamedType, isCompositeType, isObjectType, Kind, type GraphQLResolveInfo, type SelectionSetNode } from "graphql";
import type { UpstreamCost } from "./extensions.js";

/** Whether the selection asks an object of that type only for what is found by its id alone (an artist's releases, a release's
 *  tracks), so that the call for its own details can be saved. A selection of nothing but ids does not: it asks whether it exists. */
export function wantsOnlyLists(info: GraphQLResolveInfo, typeName: string, details: string): boolean {
  const type = info.schema.getType(typeName);
  if (!isObjectType(type)) return false;
  const fields = type.getFields();
  let lists = false;
  for (const name of selectedNames(info)) {
    const field = fields[name];
    if (field === undefined) continue;
    const cost = field.extensions["upstream"] as UpstreamCost | undefined;
    if (cost?.method === details) return false;
    lists ||= cost !== undefined || isCompositeType(getNamedType(field.type));
  }
  return lists;
}

/** Names of the fields selected directly below, through fragments of whatever type. Skipped fields count as selected. */
function selectedNames(info: GraphQLResolveInfo): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        names.add(selection.name.value);
        continue;
      }
      const set = selection.kind === Kind.INLINE_FRAGMENT ? selection.selectionSet : info.fragments[selection.name.value]?.selectionSet;
      if (set !== undefined) visit(set);
    }
  };
  for (const { selectionSet } of info.fieldNodes) if (selectionSet !== undefined) visit(selectionSet);
  return names;
}
