/** Sets of objects in the place of objects: the planner walks a selection with them. */
import { getNamedType, getNullableType, isCompositeType, isListType, type GraphQLCompositeType, type GraphQLField } from "graphql";
import { costOf, type Batch, type FieldCost } from "../../graph/field-cost.js";
import { noFields, type IncludedFields } from "../../graph/included-fields.js";
import { windowOf } from "../../graph/paging.js";
import type { FieldArguments } from "./field-arguments.js";

/** Objects of one type that are alike to the plan. */
export interface Things {
  readonly type: GraphQLCompositeType;
  /** The same name, the same objects. */
  readonly name: string;
  readonly count: number;
  readonly included: IncludedFields;
  /** The method that returned them, so that none of its other fields costs a call. */
  readonly answeredBy: string | undefined;
  /** Of a connection: how many items each holds at most. */
  readonly window: number | undefined;
  /** Of items that are asked for together, with the parents that they share. */
  readonly batch: ThingsBatch | undefined;
}

interface ThingsBatch extends Batch {
  readonly parents: Pick<Things, "name" | "count" | "answeredBy">;
}

/** The one object at the root of an operation. */
export function rootThings(type: GraphQLCompositeType, name = ""): Things {
  return { type, name, count: 1, included: noFields, answeredBy: undefined, window: undefined, batch: undefined };
}

/** The objects that a field gives; undefined where it gives none. @throws ClientError BAD_USER_INPUT for a page that no list gives. */
export function thingsIn(parents: Things, field: GraphQLField<unknown, unknown>, args: FieldArguments): Things | undefined {
  const type = getNamedType(field.type);
  if (!isCompositeType(type)) return undefined;
  const cost = costOf(field);
  const { batch } = parents;
  if (batch !== undefined && cost.batchParent) return { ...rootThings(type), ...batch.parents, included: batch.parent };
  const { paging } = args;
  const perParent = isListType(getNullableType(field.type)) ? (paging?.first ?? cost.most ?? parents.window ?? 1) : 1;
  return {
    type,
    name: cost.passesThrough ? parents.name : `${parents.name}.${field.name}${args.text}`,
    count: parents.count * perParent,
    included: cost.passesThrough ? parents.included : (cost.gives ?? noFields),
    answeredBy: undefined,
    window: cost.upstream?.list && paging ? windowOf(paging).count : undefined,
    batch: batchIn(parents, cost),
  };
}

function batchIn({ name, count, answeredBy, batch }: Things, cost: FieldCost): ThingsBatch | undefined {
  if (cost.batch) return { ...cost.batch, parents: { name, count, answeredBy } };
  return cost.passesThrough ? batch : undefined;
}
