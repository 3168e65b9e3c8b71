/** Which types of a schema may lead to a call. */
import { getNamedType, isAbstractType, isCompositeType, type GraphQLCompositeType, type GraphQLSchema } from "graphql";
import { costOf } from "../../graph/field-cost.js";
import { memoizePerObject } from "../../shared/memoize-per-object.js";

const resultsOf = memoizePerObject<GraphQLSchema, Map<string, boolean>>(() => new Map());

/** Whether a field of the type, or of a type below it, may cost a call. */
export function reachesUpstream(schema: GraphQLSchema, type: GraphQLCompositeType): boolean {
  const results = resultsOf(schema);
  const reaches = (one: GraphQLCompositeType, seen: ReadonlySet<string>): boolean => {
    const known = results.get(one.name);
    if (known !== undefined || seen.has(one.name)) return known ?? false;
    const types = isAbstractType(one) ? schema.getPossibleTypes(one) : [one];
    return types.some((object) =>
      Object.values(object.getFields()).some((field) => {
        const child = getNamedType(field.type);
        return costOf(field).upstream !== undefined || (isCompositeType(child) && reaches(child, new Set([...seen, one.name])));
      }),
    );
  };
  const result = reaches(type, new Set());
  results.set(type.name, result);
  return result;
}
