/** What fields carry beside their types: what they may cost upstream, and whether null means an error. Printed into the SDL as
 *  directives for people, and read by the look-ahead of lookups (selection.ts). */
import {
  DirectiveLocation,
  GraphQLDirective,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLString,
  type FieldNode,
  type GraphQLField,
  type GraphQLObjectType,
} from "graphql";
import type { planWindow } from "../shared/window-plan.js";
import type { NodeId, NodeKind } from "./node-id.js";

/** Which fields of an object are known where it was told, and of the objects in them. A field that is not in here may cost a call. */
export interface Told {
  readonly [field: string]: Told;
}

/** How the pages of a list are chosen: as few as will do, or the first one whole; and by whose largest page. */
export interface ListKind {
  readonly plan: typeof planWindow;
  readonly of: "catalogue" | "locker";
}

export interface UpstreamCost {
  /** The method a resolution of the field may call, as the API document names it. */
  readonly method: string;
  /** The most calls one resolution can cost, whatever its arguments; a list's pages are planned (see plan.ts). */
  readonly calls: number;
  /** What is known of what it gives, without another call. */
  readonly tells?: Told;
  /** How the pages of a list are chosen, where it is one. */
  readonly list?: ListKind;
  /** The calls of one resolution, where its arguments tell better. */
  readonly callsFor?: (args: Args) => number;
  /** Whether one answer serves the field of all objects: 7digital lists all tags, and answers for none alone. */
  readonly once?: boolean;
}

export type Args = Readonly<Record<string, unknown>>;

type Details = Omit<UpstreamCost, "method" | "calls">;

/** Marks a field that may call 7digital. */
export function upstream(method: string, calls = 1, details: Details = {}) {
  const cost: UpstreamCost = { method, calls, ...details };
  return { extensions: { upstream: cost, directives: { upstream: calls === 1 ? { method } : { method, calls } } } };
}

/** Marks a field that gives at most so many things, as far as is known: no argument of it says how many. */
export function atMost(most: number) {
  return { extensions: { most } };
}

/** Marks a field that gives tracks of one release: asking for what they lack costs one call for all of them. */
export function ofOneRelease<E extends object>({ extensions }: { readonly extensions: E }) {
  return { extensions: { ...extensions, ofOneRelease: true } };
}

/** The fields that an operation asks of things of one type. */
export interface Selected {
  readonly type: GraphQLObjectType;
  /** By the name they are answered under. */
  readonly fields: ReadonlyMap<string, readonly FieldNode[]>;
}

/** What finding a thing by its id costs. */
export interface LookupCost {
  readonly typeName: string;
  readonly cost: UpstreamCost;
  /** The calls for these ids, where that is not one for each. The same name, the same call. */
  readonly callsOf?: (
    ids: readonly NodeId[],
    wantsOnlyTold: (field: string, told: Told) => boolean,
  ) => readonly { readonly name: string; readonly calls: number }[];
  /** Whether the call is saved where only what is found by these ids alone is selected. */
  readonly saved: (ids: readonly NodeId[]) => boolean;
}

/** A field that finds things by their ids. */
export interface Lookup {
  /** Ids that are wrong are left out: they cost nothing. */
  readonly ids: (args: Args) => readonly NodeId[];
  readonly kinds: Readonly<Record<NodeKind, LookupCost>>;
}

/** The same field, which finds things by their ids. */
export function looksUp<E extends object>(lookup: Lookup, { extensions }: { readonly extensions: E }) {
  return { extensions: { ...extensions, lookup } };
}

type Extended = Pick<GraphQLField<unknown, unknown>, "extensions">;

export function costOf({ extensions }: Extended): UpstreamCost | undefined {
  return extensions["upstream"] as UpstreamCost | undefined;
}

export function lookupOf({ extensions }: Extended): Lookup | undefined {
  return extensions["lookup"] as Lookup | undefined;
}

export function mostOf({ extensions }: Extended): number | undefined {
  return extensions["most"] as number | undefined;
}

export function isOfOneRelease({ extensions }: Extended): boolean {
  return extensions["ofOneRelease"] === true;
}

/** The same for a field that is null only where there is an error. */
export function upstreamNonNull(method: string, calls = 1, details: Details = {}) {
  const { extensions } = upstream(method, calls, details);
  return { extensions: { ...extensions, directives: { ...extensions.directives, semanticNonNull: {} } } };
}

export const upstreamDirective = new GraphQLDirective({
  name: "upstream",
  description:
    "The field may call 7digital: at most `calls` calls of `method` for one resolution, none where the answer that gave its parent " +
    "told it already. Fields of one object with the same method share one call. With `calls: 0` it gives a URL of the method, signed here " +
    "for somebody else to follow.",
  locations: [DirectiveLocation.FIELD_DEFINITION],
  args: {
    calls: { type: new GraphQLNonNull(GraphQLInt), defaultValue: 1, description: "The most calls that one resolution can cost." },
    method: { type: new GraphQLNonNull(GraphQLString), description: "The method, as 7digital's API document names it." },
  },
});

export const semanticNonNullDirective = new GraphQLDirective({
  name: "semanticNonNull",
  description: "The field is null only where `errors` says why. Clients that handle errors may treat it as non-null.",
  locations: [DirectiveLocation.FIELD_DEFINITION],
  args: {
    levels: {
      type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(GraphQLInt))),
      defaultValue: [0],
      description: "Which levels of a list type this is said of; 0 is the field itself.",
    },
  },
});

/** The same field, which calls other methods beside its own. */
export function alsoCalling(methods: readonly string[], { extensions }: ReturnType<typeof upstream>) {
  return { extensions: { ...extensions, upstream: { ...extensions.upstream, methods } } };
}

export function isPaid({ extensions }: Extended): boolean {
  return extensions["money"] === true;
}

/** The same field as one that may spend money: an operation holds at most one. */
export function spendsMoney({ extensions }: ReturnType<typeof upstream>) {
  return { extensions: { ...extensions, money: true } };
}
