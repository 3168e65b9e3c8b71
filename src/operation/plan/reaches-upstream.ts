/** Which types of a schema may lead to a call. */
import { getNamedType, isCompositeType, isObjectType, type GraphQLCompositeType, type GraphQLSchema } from "graphql";
import { costOf } from "../../graph/field-cost.js";

/** Names of the types that have a field, or a type below them that has one, which may cost a call. */
export function typesThatReachUpstream(schema: GraphQLSchema): ReadonlySet<string> {
  const found = new Set<string>();
  const reaches = (type: GraphQLCompositeType): boolean =>
    isObjectType(type)
      ? Object.values(type.getFields()).some((field) => costOf(field).upstream !== undefined || found.has(getNamedType(field.type).name))
      : schema.getPossibleTypes(type).some(({ name }) => found.has(name));
  const composites = Object.values(schema.getTypeMap()).filter(isCompositeType);
  // Types lead to each other in cycles: until a round finds no more.
  for (let before = -1; before < found.size;) {
    before = found.size;
    for (const type of composites) if (reaches(type)) found.add(type.name);
  }
  return found;
}
