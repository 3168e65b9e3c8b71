/** Sets of objects in the place of objects: the planner walks a selection with them. */
import { getNamedType, getNullableType, isCompositeType, isListType, type GraphQLCompositeType, type GraphQLField } from "graphql";
import { costOf, type Batch, type FieldCost, type FoundBatch } from "../../graph/field-cost.js";
import { noFields, type IncludedFields } from "../../graph/included-fields.js";
import { windowOf } from "../../graph/paging.js";
import type { NodeId } from "../../shared/node-id.js";
import type { FieldArguments } from "./field-arguments.js";
import { nameOf } from "./planned-calls.js";

/** Objects under one name: the same name, the same objects. */
export interface Named {
  readonly name: string;
  readonly count: number;
}

interface Part extends Named {
  /** The parents that items of a batch share. Undefined where they are not known. */
  readonly sharedParents?: Named | undefined;
}

/** Objects of one type that are alike to the plan. */
export interface Things {
  readonly type: GraphQLCompositeType;
  /** Several where objects were found by their ids: what is needed of one of them is needed once, wherever it was found. */
  readonly parts: readonly Part[];
  readonly included: IncludedFields;
  /** The method that returned them, so that none of its other fields costs a call. */
  readonly answeredBy: string | undefined;
  /** Of a connection: how many items each holds at most. */
  readonly window: number | undefined;
  /** Of items that are asked for together. */
  readonly batch: ThingsBatch | undefined;
}

interface ThingsBatch extends Batch {
  /** The method that returned the parents. */
  readonly parentAnsweredBy: string | undefined;
}

/** Parts of more objects than these lead to one part. */
const mostApart = 10;

/** The one object at the root of an operation. */
export function rootThings(type: GraphQLCompositeType, name = ""): Things {
  return thingsOf(type, [{ name, count: 1 }]);
}

/** Objects that are found by their ids. */
export function foundThings(
  type: GraphQLCompositeType,
  ids: readonly NodeId[],
  { batch, answeredBy }: { readonly batch: FoundBatch | undefined; readonly answeredBy: string | undefined },
): Things {
  const parts = ids.map((id): Part => {
    const parent = batch?.parentOf(id);
    return { name: nameOf(id), count: 1, sharedParents: parent && { name: nameOf(parent), count: 1 } };
  });
  return { ...thingsOf(type, distinct(parts)), answeredBy, batch: batch && { ...batch, parentAnsweredBy: undefined } };
}

function thingsOf(type: GraphQLCompositeType, parts: readonly Part[]): Things {
  return { type, parts, included: noFields, answeredBy: undefined, window: undefined, batch: undefined };
}

/** The objects that a field gives; undefined where it gives none. @throws ClientError BAD_USER_INPUT for a page that no list gives. */
export function thingsIn(parents: Things, field: GraphQLField<unknown, unknown>, args: FieldArguments): Things | undefined {
  const type = getNamedType(field.type);
  if (!isCompositeType(type)) return undefined;
  const cost = costOf(field);
  const { batch } = parents;
  if (batch !== undefined && cost.batchParent) {
    const parts = parents.parts.map((part) => part.sharedParents ?? { name: `${part.name}.${field.name}`, count: part.count });
    return { ...thingsOf(type, distinct(parts)), included: batch.parent, answeredBy: batch.parentAnsweredBy };
  }
  const { paging } = args;
  return {
    type,
    parts: partsIn(parents, cost, { path: `${field.name}${args.text}`, perParent: perParent(parents, field, args) }),
    included: cost.passesThrough ? parents.included : (cost.gives ?? noFields),
    answeredBy: undefined,
    window: paging ? windowOf(paging).count : undefined,
    batch: batchIn(parents, cost),
  };
}

function perParent({ window }: Things, field: GraphQLField<unknown, unknown>, { values }: FieldArguments): number {
  if (!isListType(getNullableType(field.type))) return 1;
  const { most } = costOf(field);
  return (typeof most === "function" ? most(values) : most) ?? window ?? 1;
}

function partsIn({ parts }: Things, cost: FieldCost, given: { readonly path: string; readonly perParent: number }): readonly Part[] {
  const { path, perParent: times } = given;
  if (cost.passesThrough) return times === 1 ? parts : parts.map((part) => ({ ...part, count: part.count * times }));
  const apart = parts.length > mostApart ? [joined(parts)] : parts;
  return apart.map(({ name, count }) => ({
    name: `${name}.${path}`,
    count: count * times,
    sharedParents: cost.batch && { name, count },
  }));
}

function batchIn({ answeredBy, batch }: Things, cost: FieldCost): ThingsBatch | undefined {
  if (cost.batch) return { ...cost.batch, parentAnsweredBy: answeredBy };
  return cost.passesThrough ? batch : undefined;
}

/** By name, each once. */
function distinct<P extends Named>(parts: readonly P[]): readonly P[] {
  return [...new Map(parts.map((part) => [part.name, part])).values()];
}

function joined(parts: readonly Named[]): Named {
  const names = parts.map(({ name }) => name).sort();
  return { name: names.join(" "), count: parts.reduce((sum, { count }) => sum + count, 0) };
}
