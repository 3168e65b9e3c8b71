/** What a field may cost. It is declared at the field, for the planner and for the look-ahead of lookups (selection.ts). Nothing here
 *  is the name of a field or of an argument: renaming one changes no cost. */
import type { GraphQLField } from "graphql";
import type { NodeId, NodeKind } from "../shared/node-id.js";
import type { planWindow } from "../shared/window-plan.js";
import type { IncludedFields } from "./included-fields.js";

export type Args = Readonly<Record<string, unknown>>;

/** A method, as the API document names it: an endpoint or a media link. */
export interface Method {
  readonly path: string;
}

/** How the pages of a list are chosen, and whose largest page bounds them. */
export interface ListKind {
  readonly plan: typeof planWindow;
  readonly of: "catalogue" | "locker";
}

/** Items that one list holds together: details that several of them lack cost one call of `together`, not one of `details` for each. */
export interface Batch {
  readonly details: Method;
  readonly together: Method;
  /** What is included of the parent that the items share, the release of its tracks. */
  readonly parent: IncludedFields;
}

/** Details of several objects that are asked for at one time cost one call, where the operator has turned batches on. */
export interface InBatches {
  readonly by: Method;
  /** What is asked for an object that is not found so. */
  readonly orElse?: Method;
}

/** What the planner knows of a field, whether or not it may call 7digital. */
export interface Hints {
  /** The sets of included fields that the field belongs to. */
  readonly includedIn?: readonly IncludedFields[];
  /** What is included of the objects that the field gives. */
  readonly gives?: IncludedFields;
  /** The most items that the field gives, where no paging argument says how many. An estimate. */
  readonly most?: number | ((args: Args) => number);
  /** The field gives the items that its parent stands for: the nodes of a connection, the node of an edge. */
  readonly passesThrough?: boolean;
  readonly batch?: Batch;
  /** The field leads from an item of a batch to the parent that all its items share. */
  readonly batchParent?: boolean;
  readonly lookup?: Lookup;
  /** An operation holds at most one field that may spend money. */
  readonly spendsMoney?: boolean;
  /** The description says that the field costs nothing, where a reader would expect a call. */
  readonly mentionsNoCost?: boolean;
  /** The field is null only where `errors` says why. Every list is. */
  readonly nullOnlyWithError?: boolean;
}

/** What a field costs that may call 7digital. */
export interface UpstreamCost {
  readonly method: string;
  /** The most calls that one resolution can cost, whatever its arguments. The pages of a list are planned instead. */
  readonly calls: number;
  /** The calls of one resolution, where its arguments bound them better. */
  readonly callsFor?: (args: Args) => number;
  /** How the pages of a list are chosen, where the field gives one. */
  readonly list?: ListKind;
  /** One answer serves the field of all objects: 7digital lists all tags, and has no method for one. `calls` is with the largest pages. */
  readonly once?: boolean;
  /** The call is made for each object: where a list answers for several of them together, it leaves the field out. */
  readonly alone?: boolean;
  /** Methods that the field may call besides its own. */
  readonly also?: readonly Method[];
  readonly inBatches?: InBatches;
}

export type CallHints = Hints & Partial<Omit<UpstreamCost, "method">>;

export interface FieldCost extends Hints {
  /** Undefined for a field that makes no call. */
  readonly upstream?: UpstreamCost;
}

/** Marks a field that may call 7digital: one call for one resolution, where the hints say nothing else.
 *  @param directives Others that the printed schema shows at the field, by name. */
export function upstream({ path }: Method, { calls = 1, ...hints }: CallHints = {}, directives: Readonly<Record<string, object>> = {}) {
  const cost: FieldCost = { ...hints, upstream: { ...hints, method: path, calls } };
  const printed = calls === 1 ? { method: path } : { method: path, calls };
  const isList = hints.list !== undefined;
  return { extensions: { cost, directives: { upstream: printed, ...semanticNonNull(isList || hints.nullOnlyWithError), ...directives } } };
}

function semanticNonNull(applies: boolean | undefined): Readonly<Record<string, object>> {
  return applies ? { semanticNonNull: {} } : {};
}

/** Tells the planner about a field that makes no call.
 *  @param directives Others that the printed schema shows at the field, by name. */
export function withoutCall(cost: Hints, directives: Readonly<Record<string, object>> = {}) {
  return { extensions: { cost, directives: { ...semanticNonNull(cost.nullOnlyWithError), ...directives } } };
}

const free: FieldCost = {};

export function costOf({ extensions }: Pick<GraphQLField<unknown, unknown>, "extensions">): FieldCost {
  return (extensions["cost"] as FieldCost | undefined) ?? free;
}

/** A field that finds objects by their ids. */
export interface Lookup {
  /** Leaves out ids that are wrong: they cost nothing. */
  readonly ids: (args: Args) => readonly NodeId[];
  /** Whether it takes several IDs. */
  readonly several?: boolean;
  /** Whether it finds as many of its objects as the calls of an operation allow, each of the others being an error in its place. An operation
   *  of nothing else is not rejected for what it may cost. */
  readonly partial?: boolean;
  /** For every kind that `ids` gives. */
  readonly costs: Readonly<Partial<Record<NodeKind, LookupCost>>>;
}

/** Objects whose ids name the parent they share: each is found in the list of its parent. */
export interface FoundBatch extends Batch {
  /** Undefined where the id does not name the parent. */
  readonly parentOf: (id: NodeId) => NodeId | undefined;
}

/** What finding objects of one kind by their ids costs. */
export interface LookupCost extends Pick<UpstreamCost, "once" | "inBatches"> {
  /** The object type, or the builder's reference to it. */
  readonly type: { readonly name: string };
  /** Undefined where finding them needs no call. */
  readonly method?: Method;
  /** Calls for one id. 1 when left out. */
  readonly calls?: number;
  /** Whether the object needs no call where only what is found by its id alone is selected. Never when left out. */
  readonly savedFor?: (id: NodeId) => boolean;
  /** Names of fields that the ids tell: where only these are selected, nothing is called. Without them that asks whether the object exists. */
  readonly keyFields?: readonly string[];
  readonly batch?: FoundBatch;
}
