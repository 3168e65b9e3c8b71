/** How things are found by their global id, kind by kind: the slice that defines a type says so for it. */
import type { GraphQLResolveInfo } from "graphql";
import type { MaybePromise } from "../shared/maybe-promise.js";
import type { GraphContext } from "./context.js";
import type { NodeId, NodeKind } from "./node-id.js";

/** What slices above the catalogue find: like the catalogue's things, it is known by the id it carries. */
export type HigherNode = { readonly basketId: string } | { readonly purchaseId: string };

type Find = (id: NodeId, context: GraphContext, info: GraphQLResolveInfo) => MaybePromise<HigherNode | null>;

const finders = new Map<NodeKind, Find>();

/** @param find Null means that there is no such thing, or that it is not the caller's to see. */
export function findNodesOf(kind: NodeKind, find: Find): void {
  finders.set(kind, find);
}

export function findNode(id: NodeId, context: GraphContext, info: GraphQLResolveInfo): MaybePromise<HigherNode | null> {
  return finders.get(id.kind)?.(id, context, info) ?? null;
}
