/** Objects that a global ID finds, whichever slice defines them, and the fields that find them. A slice says how its kinds are found; the
 *  list of all finders is where all slices are known (app/node.graph.ts). */
import type { GraphQLResolveInfo } from "graphql";
import { ClientError } from "../shared/client-error.js";
import type { MaybePromise } from "../shared/maybe-promise.js";
import { mostIds, requireFewIds, type NodeId } from "../shared/node-id.js";
import type { Scope } from "../shared/scope.js";
import { builder } from "./builder.js";
import type { Args, Lookup, LookupCost } from "./field-cost.js";

/** The interface of everything that `node` finds. */
export const nodeRef = builder.interfaceRef<object>("Node");

/** How objects of one kind are found, and what that costs. */
export interface NodeFinder<F extends object = object> extends LookupCost {
  /** A member that only objects of this kind have. */
  readonly idMember: string;
  /** Null if there is no such object, or where it is not the caller's to see. */
  readonly find: (id: NodeId, scope: Scope, info: GraphQLResolveInfo) => MaybePromise<F | null>;
}

/** For the description of every field that takes several. */
export const idsInOrder = `At most ${String(mostIds)}. The result has the same order and length, with null for each ID that does not exist. An invalid ID is null with an error.`;

/** The name of the type of what one of these finders found. */
export function typeNameOf(finders: readonly NodeFinder[], facts: object): string | undefined {
  return finders.find(({ idMember }) => idMember in facts)?.type.name;
}

/** The lookup of a field that finds one object. @param costs By every kind that `read` gives. @param read As the resolver reads it. */
export function lookupOfOne(costs: Lookup["costs"], read: (args: Args) => NodeId): Lookup {
  return { costs, ids: (args) => validIds([args], read) };
}

/** The lookup of a field that finds several objects by its argument `ids`. */
export function lookupOfSeveral(costs: Lookup["costs"], read: (id: string) => NodeId): Lookup {
  return { costs, several: true, ids: ({ ids }) => validIds(requireFewIds("ids", ids as readonly string[]), read) };
}

/** Finds an object for every id. A wrong id is an error in its own place, not of the whole list. @throws ClientError BAD_USER_INPUT */
export function findEach<F>(ids: readonly string[], find: (id: string) => MaybePromise<F | null>): readonly MaybePromise<F | null>[] {
  return inItsPlace(requireFewIds("ids", ids), find);
}

/** Finds an object for every value. What is wrong with one is an error in its place. */
export function inItsPlace<T, F>(values: readonly T[], find: (value: T) => MaybePromise<F | null>): readonly MaybePromise<F | null>[] {
  return values.map((value) => {
    try {
      return find(value);
    } catch (error) {
      if (!(error instanceof ClientError)) throw error;
      return Promise.reject(error);
    }
  });
}

/** Without those that are wrong: their error is reported where they are looked up. */
export function validIds<T>(values: readonly T[], read: (value: T) => NodeId): readonly NodeId[] {
  return values.flatMap((value) => {
    try {
      return [read(value)];
    } catch (error) {
      if (error instanceof ClientError) return [];
      throw error;
    }
  });
}
