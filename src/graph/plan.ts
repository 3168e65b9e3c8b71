/** How many calls to 7digital an operation can cost, worked out from its document and variables before anything runs. It walks the
 *  selection as execution would, with sets of things in the place of things: fields carry their calls, lists multiply, and what one answer
 *  tells of its children costs nothing (docs/decisions/0015). It calls nobody and looks into no cache. */
import { collectFields, collectSubFields } from "@graphql-tools/utils";
import {
  getArgumentValues,
  getNamedType,
  GraphQLError,
  OperationTypeNode,
  isAbstractType,
  isCompositeType,
  isObjectType,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from "graphql";
import {
  costOf,
  isOfOneRelease,
  isPaid,
  lookupOf,
  mostOf,
  type Args,
  type ListKind,
  type Lookup,
  type LookupCost,
  type Told,
  type UpstreamCost,
} from "./extensions.js";
import type { Store } from "../upstream/session.js";
import type { NodeId } from "./node-id.js";
import { isPaged, windowOf, type PagingArgs } from "./paging.js";
import { callOf, isList, namesNoStore, namesOtherStore, namesStore, ofStore, paging, PlannedCalls, written } from "./planned-calls.js";
import { reachesUpstream } from "./reaches-upstream.js";
import { onlyListsIn, onlyToldIn } from "./selection.js";

export interface PlannedOperation {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: Record<string, FragmentDefinitionNode>;
  /** Coerced. */
  readonly variables: Record<string, unknown>;
  /** Where it shops. */
  readonly store: Store;
  /** The largest pages that 7digital is believed to give. */
  readonly pageSizes: { readonly catalogue: { readonly value: number }; readonly locker: { readonly value: number } };
}

export interface Plan {
  /** The most calls that the operation costs, with nothing remembered. */
  readonly calls: number;
  /** The same by method, as the API document names them. */
  readonly byMethod: ReadonlyMap<string, number>;
  readonly spendsMoney: boolean;
}

/** @throws GraphQLError BAD_USER_INPUT for a page that no list gives. */
export function planOperation(planned: PlannedOperation): Plan {
  const planner = new Planner(planned);
  planner.walkRoot();
  return planner.result();
}

/** Things of one type that are alike to the plan. */
interface Things {
  readonly type: GraphQLCompositeType;
  /** The same name, the same things. */
  readonly name: string;
  readonly count: number;
  /** What is known of each. */
  readonly told: Told;
  /** The method by which they were found, which has told all that it tells. */
  readonly known: string | undefined;
  /** Of a connection: how many items each holds at most. */
  readonly window: number | undefined;
  /** Of tracks that are asked for together with the others of their release: the releases. */
  readonly together: Pick<Things, "name" | "count" | "known"> | undefined;
}

type Fields = ReadonlyMap<string, readonly FieldNode[]>;
type Field = GraphQLField<unknown, unknown>;

const nothingTold: Told = {};
/** By the API document. */
const largestPage = 500;

class Planner {
  private calls = new PlannedCalls();
  private spendsMoney = false;

  constructor(private readonly planned: PlannedOperation) {}

  result(): Plan {
    const { total: calls, byMethod } = this.calls;
    return { calls, byMethod, spendsMoney: this.spendsMoney };
  }

  walkRoot(): void {
    const { schema, fragments, variables, operation } = this.planned;
    const type = schema.getRootType(operation.operation);
    if (!type) return;
    const { fields } = collectFields(schema, fragments, variables, type, operation.selectionSet);
    const root = { type, name: "", count: 1, told: nothingTold, known: undefined, window: undefined, together: undefined };
    if (operation.operation !== OperationTypeNode.MUTATION) this.walkFields(root, type, fields);
    // What is done twice is no less than twice the work.
    else for (const [name, nodes] of fields) this.walkFields({ ...root, name }, type, new Map([[name, nodes]]));
  }

  private walk(things: Things, nodes: readonly FieldNode[]): void {
    const { type } = things;
    if (things.count === 0 || !reachesUpstream(this.planned.schema, type)) return;
    if (isObjectType(type)) this.walkFields(things, type, this.fieldsOf(type, nodes));
    else this.walkDearest(things, nodes);
  }

  /** Of things that may be of several types: as if all were of the type that costs most, beside what things of other types would share. */
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

  private walkField(things: Things, field: Field, node: FieldNode, nodes: readonly FieldNode[]): void {
    const cost = costOf(field);
    this.spendsMoney ||= isPaid(field);
    if (cost === undefined && !isCompositeType(getNamedType(field.type))) return;
    const args = this.argsOf(field, node);
    if (args === undefined) return;
    const lookup = lookupOf(field);
    if (lookup !== undefined) {
      this.walkLookup(lookup, args, nodes);
      return;
    }
    const told = namesStore(args) ? undefined : things.told[field.name];
    if (cost !== undefined && told === undefined) this.ask(things, cost, args);
    const children = this.children(things, field, args, told ?? cost?.tells ?? nothingTold);
    if (children !== undefined) this.walk(children, nodes);
  }

  /** Undefined where the field gives no things. */
  private children(things: Things, field: Field, args: Args, told: Told): Things | undefined {
    const { window, together } = things;
    const type = getNamedType(field.type);
    if (!isCompositeType(type)) return undefined;
    // Tracks of one release are on that release.
    if (together !== undefined && field.name === "release") return { ...things, ...together, type, told, together: undefined };
    const inList = isPaged(args) ? args.first : (mostOf(field) ?? window ?? 1);
    return {
      type,
      name: nameOf(things, field, args),
      count: things.count * (isList(field.type) ? inList : 1),
      told,
      known: undefined,
      window: costOf(field)?.list && isPaged(args) ? windowOf(args).count : undefined,
      together: this.togetherIn(things, field),
    };
  }

  private togetherIn(things: Things, field: Field): Things["together"] {
    const { name, count, known } = things;
    if (isOfOneRelease(field)) return { name, count, known };
    return isList(field.type) || field.name === "node" || field.name === "track" ? things.together : undefined;
  }

  private ask(things: Things, cost: UpstreamCost, args: Args): void {
    const { method, list, once } = cost;
    const { name, count, together, known } = things;
    const elsewhere = namesOtherStore(args, this.planned.store);
    const what = written(args, elsewhere ? [] : ofStore);
    if (method === known && !elsewhere) return;
    if (once) this.askOnce(cost);
    else if (list && isPaged(args)) this.askPages(things, method, list, args);
    else if (together !== undefined && method === "track/details") {
      this.calls.add(`together ${together.name} ${what}`, "release/tracks", together.count);
    } else this.calls.add(`${method} ${name} ${what}`, method, count * (cost.callsFor?.(args) ?? cost.calls));
  }

  /** @see UpstreamCost, whose calls are of the largest pages. */
  private askOnce({ method, calls }: UpstreamCost): void {
    this.calls.addOnce(method, calls * Math.ceil(largestPage / this.planned.pageSizes.catalogue.value));
  }

  private askPages({ name, count }: Things, method: string, { plan, of }: ListKind, args: Args & PagingArgs): void {
    for (const { page, pageSize } of plan(windowOf(args), this.planned.pageSizes[of].value)) {
      this.calls.add(`${method} ${name} ${written(args, paging)} ${String(page)}/${String(pageSize)}`, method, count);
    }
  }

  private walkLookup({ ids, kinds }: Lookup, args: Args, nodes: readonly FieldNode[]): void {
    const all = ids(args);
    for (const kind of new Set(all.map((id) => id.kind))) {
      this.walkFound(
        kinds[kind],
        all.filter((id) => id.kind === kind),
        nodes,
      );
    }
  }

  private walkFound({ typeName, cost, callsOf, saved }: LookupCost, ids: readonly NodeId[], nodes: readonly FieldNode[]): void {
    const type = this.planned.schema.getType(typeName);
    if (!isObjectType(type)) return;
    const fields = this.fieldsOf(type, nodes);
    const isSaved = saved(ids) && onlyListsIn({ type, fields }, this.planned.variables, cost.method);
    const { method } = cost;
    if (!isSaved) {
      const { schema, fragments, variables: variableValues } = this.planned;
      const wantsOnlyTold = (field: string, told: Told): boolean =>
        onlyToldIn({ type, fields }, field, told, { schema, fragments, variableValues });
      if (cost.once) this.askOnce(cost);
      else
        for (const { name, calls } of callsOf?.(ids, wantsOnlyTold) ?? ids.map(callOf)) this.calls.add(`${method} ${name}`, method, calls);
    }
    const names = new Set(ids.map((id) => callOf(id).name));
    const things = { type, name: [...names].sort().join(" "), count: names.size, told: cost.tells ?? nothingTold };
    this.walkFields({ ...things, known: isSaved ? undefined : method, window: undefined, together: undefined }, type, fields);
  }

  /** Undefined where they are wrong, which execution reports at the field. */
  private argsOf(field: Field, node: FieldNode): Args | undefined {
    if (field.args.length === 0) return {};
    try {
      const args: Args = getArgumentValues(field, node, this.planned.variables);
      return namesNoStore(args) ? undefined : args;
    } catch (error) {
      if (error instanceof GraphQLError) return undefined;
      throw error;
    }
  }
}

/** What a field gives is the same whatever it is called, and whether by its edge or by itself. */
function nameOf({ name }: Things, field: Field, args: Args): string {
  return field.name === "node" ? name : `${name}.${field.name === "edges" ? "nodes" : field.name}${written(args)}`;
}
