/** Sets of objects in the place of objects: the planner walks a selection with them. */
import { getNamedType, getNullableType, isCompositeType, isListType, type GraphQLCompositeType, type GraphQLField } from "graphql";
import { costOf, type Batch, type FieldCost, type FoundBatch } from "../../graph/field-cost.js";
import { noFields, type IncludedFields } from "../../graph/included-fields.js";
import { windowOf } from "../../graph/paging.js";
import type { NodeId } from "../../shared/node-id.js";
import { arrivalApart, arrivalAtRoot, arrivalTogether, joinedArrival, type Arrival, type Coming } from "./arrival.js";
import type { FieldArguments } from "./field-arguments.js";
import { nameOf } from "./planned-calls.js";

/** Objects under one name: the same name, the same objects. */
export interface Named {
  readonly name: string;
  readonly count: number;
}

export interface Part extends Named {
  readonly arrival: Arrival;
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
  /** Whether the items come from the call that has the details of all of them. */
  readonly isTogether: boolean;
}

/** Parts of more objects than these lead to one part. */
const mostApart = 10;

/** The one object at the root of an operation. */
export function rootThings(type: GraphQLCompositeType, name = ""): Things {
  return thingsOf(type, [{ name, count: 1, arrival: arrivalAtRoot(name) }]);
}

interface Finding {
  readonly batch: FoundBatch | undefined;
  readonly answeredBy: string | undefined;
  readonly arrival: Arrival;
}

/** Objects that are found by their ids. */
export function foundThings(type: GraphQLCompositeType, ids: readonly NodeId[], { batch, answeredBy, arrival }: Finding): Things {
  const parts = ids.map((id): Part => {
    const parent = batch?.parentOf(id);
    return { name: nameOf(id), count: 1, arrival, sharedParents: parent && { name: nameOf(parent), count: 1 } };
  });
  const ofFound = batch && { ...batch, parentAnsweredBy: undefined, isTogether: false };
  return { ...thingsOf(type, distinct(parts)), answeredBy, batch: ofFound };
}

/** When all of them are there. */
export function arrivalOf({ parts }: Things): Arrival {
  const [first] = parts;
  return first !== undefined && parts.length === 1 ? first.arrival : joinedArrival(parts.map(({ arrival }) => arrival));
}

function thingsOf(type: GraphQLCompositeType, parts: readonly Part[]): Things {
  return { type, parts, included: noFields, answeredBy: undefined, window: undefined, batch: undefined };
}

interface Given {
  readonly args: FieldArguments;
  readonly coming: Coming;
}

/** The objects that a field gives; undefined where it gives none. @throws ClientError BAD_USER_INPUT for a page that no list gives. */
export function thingsIn(parents: Things, field: GraphQLField<unknown, unknown>, { args, coming }: Given): Things | undefined {
  const type = getNamedType(field.type);
  if (!isCompositeType(type)) return undefined;
  const cost = costOf(field);
  const { batch } = parents;
  if (batch !== undefined && cost.batchParent) {
    const parts = parents.parts.map((part): Part => {
      const named = part.sharedParents ?? { name: `${part.name}.${field.name}`, count: part.count };
      return { ...named, arrival: arrivalIn(part, part, field.name, coming) };
    });
    return { ...thingsOf(type, distinct(parts)), included: batch.parent, answeredBy: batch.parentAnsweredBy };
  }
  const { paging } = args;
  return {
    type,
    parts: partsIn(parents, cost, { path: `${field.name}${args.text}`, perParent: perParent(parents, field, args), coming }),
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

interface Growth {
  readonly path: string;
  readonly perParent: number;
  readonly coming: Coming;
}

function partsIn({ parts }: Things, cost: FieldCost, { path, perParent: times, coming }: Growth): readonly Part[] {
  if (cost.passesThrough) return times === 1 ? parts : parts.map((part) => ({ ...part, count: part.count * times }));
  const apart = parts.length > mostApart ? [joined(parts)] : parts;
  return apart.map((part) => {
    const { name: parent, count } = part;
    const name = `${parent}.${path}`;
    const arrival = coming === "withParent" ? part.arrival : arrivalIn(part, { name, count }, path, coming);
    return { name, count: count * times, arrival, sharedParents: cost.batch && { name: parent, count } };
  });
}

/** @param calls One for each of them, where they come apart. */
function arrivalIn({ arrival }: Part, calls: Named, path: string, coming: Coming): Arrival {
  if (coming === "withParent") return arrival;
  return coming === "together" ? arrivalTogether(arrival, path) : arrivalApart(arrival, calls);
}

function batchIn({ answeredBy, batch }: Things, cost: FieldCost): ThingsBatch | undefined {
  if (cost.batch) {
    return { ...cost.batch, parentAnsweredBy: answeredBy, isTogether: cost.upstream?.method === cost.batch.together.path };
  }
  return cost.passesThrough ? batch : undefined;
}

/** By name, each once. */
function distinct<P extends Named>(parts: readonly P[]): readonly P[] {
  return [...new Map(parts.map((part) => [part.name, part])).values()];
}

function joined(parts: readonly Part[]): Part {
  const names = parts.map(({ name }) => name).sort();
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  return { name: names.join(" "), count, arrival: joinedArrival(parts.map(({ arrival }) => arrival)) };
}
