/** Which types of a schema have anything to do with calls. */
import { getNamedType, isAbstractType, isCompositeType, type GraphQLCompositeType, type GraphQLSchema } from "graphql";
import { costOf } from "./extensions.js";

const reaching = new WeakMap<GraphQLSchema, Map<string, boolean>>();

/** Whether anything in a type, or in the types of its fields, may cost a call. */
export function reachesUpstream(schema: GraphQLSchema, type: GraphQLCompositeType): boolean {
  const known = reaching.get(schema) ?? new Map<string, boolean>();
  reaching.set(schema, known);
  const reaches = (one: GraphQLCompositeType, seen: ReadonlySet<string>): boolean => {
    const before = known.get(one.name);
    if (before !== undefined || seen.has(one.name)) return before ?? false;
    const types = isAbstractType(one) ? schema.getPossibleTypes(one) : [one];
    return types.some((object) =>
      Object.values(object.getFields()).some((field) => {
        const child = getNamedType(field.type);
        return costOf(field) !== undefined || (isCompositeType(child) && reaches(child, new Set([...seen, one.name])));
      }),
    );
  };
  const result = reaches(type, new Set());
  known.set(type.name, result);
  return result;
}
