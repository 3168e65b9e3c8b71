/** How many calls to 7digital an operation may cost, worked out from its document and variables before anything runs. The planner walks
 *  the selection as execution does, with sets of objects in the place of objects: fields carry their calls, lists multiply, and what one
 *  answer includes of its children costs nothing (docs/decisions/0015). It makes no call and looks into no cache, and it knows no type, field
 *  or argument by name: everything is declared at the field (graph/field-cost.ts). */
import { collectFields } from "@graphql-tools/utils";
import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isObjectType,
  OperationTypeNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from "graphql";
import { costOf, type Args, type Lookup, type LookupCost, type Method, type UpstreamCost } from "../../graph/field-cost.js";
import { fieldsBelow, hasOnlyFields, hasOnlyLists, type Selected } from "../../graph/selection.js";
import { typeNamed } from "../../graph/type-names.js";
import { selectingValues } from "../../graph/variable-values.js";
import type { NodeId } from "../../shared/node-id.js";
import { FieldArguments } from "./field-arguments.js";
import { arrivalTogether, type Arrival, type Coming } from "./arrival.js";
import { BatchedCalls, type Calls } from "./batched-calls.js";
import { ListCalls, type ListFacts } from "./list-calls.js";
import { nameOf, noArguments, PlannedCalls } from "./planned-calls.js";
import { typesThatReachUpstream } from "./reaches-upstream.js";
import { arrivalOf, foundThings, rootThings, thingsIn, type Part, type Things } from "./things.js";

export interface PlannedOperation extends ListFacts {
  readonly operation: OperationDefinitionNode;
  readonly fragments: Record<string, FragmentDefinitionNode>;
  /** Coerced. */
  readonly variables: Record<string, unknown>;
  /** Most items whose details are asked for in one call. Below 2, or where it is left out, each is asked for alone. */
  readonly batchSize?: number;
}

export interface Plan {
  /** The most calls that the operation may cost, with an empty cache. */
  readonly calls: number;
  /** The same by method, as the API document names them. */
  readonly byMethod: ReadonlyMap<string, number>;
  readonly spendsMoney: boolean;
  /** Whether all fields at its root give as much as may be called, and an error for the rest. */
  readonly partial: boolean;
}

/** @returns throws ClientError BAD_USER_INPUT for a page that no list gives. */
export function createPlanner(schema: GraphQLSchema): (planned: PlannedOperation) => Plan {
  const costlyTypes = typesThatReachUpstream(schema);
  return (planned) => new Planner({ ...planned, schema, costlyTypes }).plan();
}

type Fields = Selected["fields"];

interface Planned extends PlannedOperation {
  readonly schema: GraphQLSchema;
  /** Names of the types below which a call may be made. */
  readonly costlyTypes: ReadonlySet<string>;
}

class Planner {
  private calls: PlannedCalls;
  private readonly lists: ListCalls;
  private readonly isBatching: boolean;
  private spendsMoney = false;
  private partial = true;

  constructor(private readonly planned: Planned) {
    const { batchSize = 0 } = planned;
    this.calls = new PlannedCalls(new BatchedCalls(batchSize));
    this.lists = new ListCalls(planned);
    this.isBatching = batchSize >= 2;
  }

  plan(): Plan {
    this.walkRoot();
    const { total: calls, byMethod } = this.calls;
    return { calls, byMethod, spendsMoney: this.spendsMoney, partial: this.partial };
  }

  private walkRoot(): void {
    const { schema, fragments, variables, operation } = this.planned;
    const type = schema.getRootType(operation.operation);
    if (!type) return;
    const { fields } = collectFields(schema, fragments, selectingValues(this.planned, variables), type, operation.selectionSet);
    this.partial = [...fields.values()].every(([node]) => node !== undefined && isPartial(type.getFields()[node.name.value]));
    if (operation.operation !== OperationTypeNode.MUTATION) this.walkFields(rootThings(type), type, fields);
    // A mutation that is sent twice costs twice as much.
    else for (const [name, nodes] of fields) this.walkFields(rootThings(type, name), type, new Map([[name, nodes]]));
  }

  private walk(things: Things, nodes: readonly FieldNode[]): void {
    const { type } = things;
    if (things.parts.every(({ count }) => count === 0) || !this.planned.costlyTypes.has(type.name)) return;
    if (isObjectType(type)) this.walkFields(things, type, this.fieldsOf(type, nodes));
    else this.walkDearest(things, nodes);
  }

  /** Objects of several possible types cost as if all were of the dearest one, and besides that the calls that the other types share. */
  private walkDearest(things: Things, nodes: readonly FieldNode[]): void {
    if (!isAbstractType(things.type)) return;
    const before = this.calls;
    const possible = this.planned.schema.getPossibleTypes(things.type).map((type) => {
      this.calls = before.copy();
      this.walkFields(things, type, this.fieldsOf(type, nodes));
      return this.calls;
    });
    // Objects of two types, each asked for in a batch, cost more than as many of one.
    const ofEach = this.isBatching && things.parts.reduce((sum, { count }) => sum + count, 0) > 1;
    const totalOf = (one: PlannedCalls): number => (ofEach ? one.singleTotal : one.ownTotal);
    this.calls = possible.reduce((dearest, one) => (totalOf(one) > totalOf(dearest) ? one : dearest), before).copy();
    for (const one of possible) {
      this.calls.addSharedOf(one);
      if (ofEach) this.calls.addBatchedOf(one);
    }
  }

  private fieldsOf(type: GraphQLObjectType, nodes: readonly FieldNode[]): Fields {
    return fieldsBelow(this.planned.schema, this.planned, this.planned.variables, type, nodes);
  }

  private walkFields(things: Things, type: GraphQLObjectType, fields: Fields): void {
    for (const nodes of fields.values()) {
      const [node] = nodes;
      const field = node && type.getFields()[node.name.value];
      if (node !== undefined && field !== undefined) this.walkField(things, field, node, nodes);
    }
  }

  private walkField(things: Things, field: GraphQLField<unknown, unknown>, node: FieldNode, nodes: readonly FieldNode[]): void {
    const { upstream, includedIn, lookup, spendsMoney } = costOf(field);
    this.spendsMoney ||= spendsMoney === true;
    if (upstream === undefined && !isCompositeType(getNamedType(field.type))) return;
    const args = FieldArguments.of(field, node, this.planned.variables);
    if (args === undefined) return;
    if (lookup !== undefined) {
      this.walkLookup(lookup, args.values, { nodes, at: arrivalOf(things) });
      return;
    }
    const isIncluded =
      args.storeBesides(this.planned.store) === undefined && includedIn?.some((set) => things.included.covers(set)) === true;
    const coming = upstream === undefined || isIncluded ? "withParent" : this.ask(things, upstream, args);
    const children = thingsIn(things, field, { args, coming });
    if (children !== undefined) this.walk(children, nodes);
  }

  private ask(things: Things, cost: UpstreamCost, args: FieldArguments): Coming {
    const { method, list, once, calls, callsFor, alone } = cost;
    const elsewhere = args.storeBesides(this.planned.store);
    if (isAnswered(things, cost) && elsewhere === undefined) return "withParent";
    const what = elsewhere === undefined ? args.textWithoutStore : `${args.textWithoutStore} ${elsewhere}`;
    if (once) this.lists.addAll(this.calls, method, calls);
    else if (list && args.paging) {
      this.lists.addWindow(this.calls, { method, list, what: args.textWithoutPage, paging: args.paging }, things.parts);
    } else if (this.askInBatches(things, cost, { what, elsewhere: elsewhere !== undefined })) return "together";
    else {
      for (const part of things.parts) {
        const lists = this.listOf(things, method, part, what);
        if (alone) this.calls.add(`${method} ${part.name} alone`, method, part.count * calls);
        else if (lists !== undefined) this.calls.add(lists.name, lists.method, lists.count);
        else this.calls.add(`${method} ${part.name} ${what}`, method, part.count * (callsFor?.(args.values) ?? calls));
      }
    }
    return "apart";
  }

  /** Whether they are asked for in batches. Not where the call that gave them is the one that has their details. */
  private askInBatches(things: Things, { method, inBatches, alone }: UpstreamCost, asked: { what: string; elsewhere: boolean }): boolean {
    if (inBatches === undefined || !this.isBatching || (things.batch?.isTogether && !asked.elsewhere && !alone)) return false;
    const listOf = (part: Part): Calls | undefined => (alone ? undefined : this.listOf(things, method, part, asked.what));
    const needs = things.parts.map((part) => ({ ...part, lists: listOf(part), exact: false }));
    this.calls.addBatched({ method, inBatches, ...(alone ? { what: "alone", elsewhere: false } : asked) }, needs);
    return true;
  }

  /** The calls for the lists of the parents that objects share, where these have their details. */
  private listOf({ batch }: Things, method: string, { sharedParents }: Part, what: string): Calls | undefined {
    return method === batch?.details.path && sharedParents ? this.lists.whole(batch.together, sharedParents, what) : undefined;
  }

  private walkLookup({ ids, costs }: Lookup, args: Args, looked: LookedUp): void {
    const all = ids(args);
    for (const kind of new Set(all.map((id) => id.kind))) {
      const cost = costs[kind];
      const ofKind = all.filter((id) => id.kind === kind);
      if (cost !== undefined) this.walkFound(cost, ofKind, looked);
    }
  }

  private walkFound(cost: LookupCost, ids: readonly NodeId[], { nodes, at }: LookedUp): void {
    const { schema, variables: variableValues } = this.planned;
    const { method, batch } = cost;
    const type = typeNamed(schema, cost.type);
    if (!isObjectType(type)) return;
    const fields = this.fieldsOf(type, nodes);
    if (cost.keyFields !== undefined && hasOnlyFields({ fields }, cost.keyFields)) return;
    if (method === undefined) {
      this.walkFields(foundThings(type, ids, { batch, answeredBy: undefined, arrival: at }), type, fields);
      return;
    }
    const onlyLists = cost.savedFor !== undefined && hasOnlyLists({ type, fields }, variableValues, method);
    const saved = onlyLists ? ids.filter((id) => cost.savedFor?.(id)) : [];
    const asked = saved.length === 0 ? ids : ids.filter((id) => !saved.includes(id));
    if (saved.length > 0) this.walkFields(foundThings(type, saved, { batch, answeredBy: undefined, arrival: at }), type, fields);
    if (asked.length === 0) return;
    this.askFor(asked, { ...cost, method }, at);
    const arrival = arrivalTogether(at, method.path);
    this.walkFields(foundThings(type, asked, { batch, answeredBy: method.path, arrival }), type, fields);
  }

  private askFor(ids: readonly NodeId[], cost: LookupCost & { readonly method: Method }, arrival: Arrival): void {
    const { method, calls = 1, once, batch, inBatches } = cost;
    const needs = ids.map((id) => {
      const parent = batch?.parentOf(id);
      const lists = batch && parent ? this.lists.whole(batch.together, { name: nameOf(parent), count: 1 }, noArguments) : undefined;
      return { id: id.id, name: nameOf(id), count: 1, arrival, lists, exact: true };
    });
    if (inBatches !== undefined && this.isBatching) {
      this.calls.addBatched({ method: method.path, inBatches, what: noArguments, elsewhere: false }, needs);
      return;
    }
    for (const { id, name, lists } of needs) {
      if (once) this.lists.addItem(this.calls, method.path, calls, id);
      else if (lists !== undefined) this.calls.add(lists.name, lists.method, lists.count);
      else this.calls.add(`${method.path} ${name} ${noArguments}`, method.path, calls);
    }
  }
}

/** Whether the objects come from the call that the field needs. Those that share a parent come from that parent's list. */
function isAnswered({ answeredBy, parts }: Things, { method, alone }: UpstreamCost): boolean {
  return method === answeredBy && !(alone && parts.some(({ sharedParents }) => sharedParents !== undefined));
}

/** The selection of a lookup, and when it is made. */
interface LookedUp {
  readonly nodes: readonly FieldNode[];
  readonly at: Arrival;
}

function isPartial(field: GraphQLField<unknown, unknown> | undefined): boolean {
  return field === undefined || costOf(field).lookup?.partial === true;
}
