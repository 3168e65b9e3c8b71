/** How many calls to 7digital an operation may cost, worked out from its document and variables before anything runs. The planner walks
 *  the selection as execution does, with sets of objects in the place of objects: fields carry their calls, lists multiply, and what one
 *  answer includes of its children costs nothing (docs/decisions/0015). It makes no call and looks into no cache, and it knows no type, field
 *  or argument by name: everything is declared at the field (graph/field-cost.ts). */
import { collectFields, collectSubFields } from "@graphql-tools/utils";
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
import { costOf, type Args, type ListKind, type Lookup, type LookupCost, type Method, type UpstreamCost } from "../../graph/field-cost.js";
import { windowOf, type PagingArgs } from "../../graph/paging.js";
import { hasOnlyLists, type Selected } from "../../graph/selection.js";
import type { ItemPages } from "../../shared/item-pages.js";
import type { NodeId } from "../../shared/node-id.js";
import type { Store } from "../../upstream/session.js";
import { FieldArguments } from "./field-arguments.js";
import { firstPage, type PageCall } from "../../shared/window-plan.js";
import { nameOf, PlannedCalls } from "./planned-calls.js";
import { typesThatReachUpstream } from "./reaches-upstream.js";
import { foundThings, rootThings, thingsIn, type Named, type Things } from "./things.js";

export interface PlannedOperation {
  readonly operation: OperationDefinitionNode;
  readonly fragments: Record<string, FragmentDefinitionNode>;
  /** Coerced. */
  readonly variables: Record<string, unknown>;
  /** The store that the operation runs in. */
  readonly store: Store;
  /** The largest pages that 7digital is known to give. */
  readonly pageSizes: { readonly catalogue: { readonly value: number }; readonly locker: { readonly value: number } };
  /** On which page of its list an item was found last. */
  readonly pageOf: ItemPages["pageOf"];
}

export interface Plan {
  /** The most calls that the operation may cost, with an empty cache. */
  readonly calls: number;
  /** The same by method, as the API document names them. */
  readonly byMethod: ReadonlyMap<string, number>;
  readonly spendsMoney: boolean;
}

/** @returns throws ClientError BAD_USER_INPUT for a page that no list gives. */
export function createPlanner(schema: GraphQLSchema): (planned: PlannedOperation) => Plan {
  const costlyTypes = typesThatReachUpstream(schema);
  return (planned) => new Planner({ ...planned, schema, costlyTypes }).plan();
}

type Fields = Selected["fields"];

/** By the API document. */
const largestPage = 500;

interface Planned extends PlannedOperation {
  readonly schema: GraphQLSchema;
  /** Names of the types below which a call may be made. */
  readonly costlyTypes: ReadonlySet<string>;
}

class Planner {
  private calls = new PlannedCalls();
  private spendsMoney = false;

  constructor(private readonly planned: Planned) {}

  plan(): Plan {
    this.walkRoot();
    const { total: calls, byMethod } = this.calls;
    return { calls, byMethod, spendsMoney: this.spendsMoney };
  }

  private walkRoot(): void {
    const { schema, fragments, variables, operation } = this.planned;
    const type = schema.getRootType(operation.operation);
    if (!type) return;
    const { fields } = collectFields(schema, fragments, variables, type, operation.selectionSet);
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
    this.calls = possible.reduce((dearest, one) => (one.ownTotal > dearest.ownTotal ? one : dearest), before).copy();
    for (const one of possible) this.calls.addSharedOf(one);
  }

  private fieldsOf(type: GraphQLObjectType, nodes: readonly FieldNode[]): Fields {
    const { schema, fragments, variables } = this.planned;
    return collectSubFields(schema, fragments, variables, type, [...nodes]).fields;
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
      this.walkLookup(lookup, args.values, nodes);
      return;
    }
    const isIncluded =
      args.storeBesides(this.planned.store) === undefined && includedIn?.some((set) => things.included.covers(set)) === true;
    if (upstream !== undefined && !isIncluded) this.ask(things, upstream, args);
    const children = thingsIn(things, field, args);
    if (children !== undefined) this.walk(children, nodes);
  }

  private ask(things: Things, cost: UpstreamCost, args: FieldArguments): void {
    const { method, list, once, calls, callsFor, alone } = cost;
    const { parts, batch } = things;
    const elsewhere = args.storeBesides(this.planned.store);
    if (isAnswered(things, cost) && elsewhere === undefined) return;
    const what = elsewhere === undefined ? args.textWithoutStore : `${args.textWithoutStore} ${elsewhere}`;
    if (once) this.askForList(method, calls);
    else if (list && args.paging) this.askPages(parts, method, list, args, args.paging);
    else {
      for (const part of parts) {
        const { sharedParents } = part;
        if (alone) this.calls.add(`${method} ${part.name} alone`, method, part.count * calls);
        else if (method === batch?.details.path && sharedParents !== undefined) this.askTogether(batch.together, sharedParents, what);
        else this.calls.add(`${method} ${part.name} ${what}`, method, part.count * (callsFor?.(args.values) ?? calls));
      }
    }
  }

  /** All pages of a list that holds the items of all objects.
   *  @param calls Of the largest pages. */
  private askForList(method: string, calls: number): void {
    const last = calls * Math.ceil(largestPage / this.planned.pageSizes.catalogue.value);
    for (let page = 1; page <= last; page++) this.askForPage(method, page);
  }

  /** The page that the item is known to be on, or all. */
  private askForItem(method: string, calls: number, id: string): void {
    const { store, pageOf, pageSizes } = this.planned;
    const page = pageOf({ method, store, pageSize: pageSizes.catalogue.value, id });
    if (page === undefined) this.askForList(method, calls);
    else this.askForPage(method, page);
  }

  private askForPage(method: string, page: number): void {
    const pageSize = this.planned.pageSizes.catalogue.value;
    this.calls.addShared(pageName(method, root, noArguments, { page, pageSize }), method);
  }

  private askPages(parts: readonly Named[], method: string, { plan, of }: ListKind, args: FieldArguments, paging: PagingArgs): void {
    for (const page of plan(windowOf(paging), this.planned.pageSizes[of].value)) {
      for (const { name, count } of parts) this.calls.add(pageName(method, name, args.textWithoutPage, page), method, count);
    }
  }

  /** The first page of the whole list: the call that the list itself costs. */
  private askTogether({ path }: Method, { name, count }: Named, what = noArguments): void {
    this.calls.add(pageName(path, name, what, firstPage(this.planned.pageSizes.catalogue.value)), path, count);
  }

  private walkLookup({ ids, costs }: Lookup, args: Args, nodes: readonly FieldNode[]): void {
    const all = ids(args);
    for (const kind of new Set(all.map((id) => id.kind))) {
      const cost = costs[kind];
      const ofKind = all.filter((id) => id.kind === kind);
      if (cost !== undefined) this.walkFound(cost, ofKind, nodes);
    }
  }

  private walkFound(cost: LookupCost, ids: readonly NodeId[], nodes: readonly FieldNode[]): void {
    const { schema, variables: variableValues } = this.planned;
    const { method, batch } = cost;
    const type = schema.getType(cost.type.name);
    if (!isObjectType(type)) return;
    const fields = this.fieldsOf(type, nodes);
    if (method === undefined) {
      this.walkFields(foundThings(type, ids, { batch, answeredBy: undefined }), type, fields);
      return;
    }
    const onlyLists = cost.savedFor !== undefined && hasOnlyLists({ type, fields }, variableValues, method);
    const saved = onlyLists ? ids.filter((id) => cost.savedFor?.(id)) : [];
    const asked = saved.length === 0 ? ids : ids.filter((id) => !saved.includes(id));
    if (saved.length > 0) this.walkFields(foundThings(type, saved, { batch, answeredBy: undefined }), type, fields);
    if (asked.length === 0) return;
    this.askFor(asked, { ...cost, method });
    this.walkFields(foundThings(type, asked, { batch, answeredBy: method.path }), type, fields);
  }

  private askFor(ids: readonly NodeId[], { method, calls = 1, once, batch }: LookupCost & { readonly method: Method }): void {
    for (const id of ids) {
      if (once) {
        this.askForItem(method.path, calls, id.id);
        continue;
      }
      const parent = batch?.parentOf(id);
      if (batch !== undefined && parent !== undefined) this.askTogether(batch.together, { name: nameOf(parent), count: 1 });
      else this.calls.add(`${method.path} ${nameOf(id)} ${noArguments}`, method.path, calls);
    }
  }
}

/** Whether the objects come from the call that the field needs. Those that share a parent come from that parent's list. */
function isAnswered({ answeredBy, parts }: Things, { method, alone }: UpstreamCost): boolean {
  return method === answeredBy && !(alone && parts.some(({ sharedParents }) => sharedParents !== undefined));
}

/** As the text of a field's arguments where it has none. */
const noArguments = "[]";

/** As the name of the object at the root. */
const root = "";

function pageName(method: string, name: string, what: string, { page, pageSize }: PageCall): string {
  return `${method} ${name} ${what} ${String(page)}/${String(pageSize)}`;
}
