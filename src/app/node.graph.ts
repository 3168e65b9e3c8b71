/** `node` and `nodes`: everything that has a global ID, of all slices. */
import { basketFinder } from "../basket/basket.graph.js";
import {
  artistFinder,
  editorialListFinder,
  merchandisingListFinder,
  releaseFinder,
  tagFinder,
  trackFinder,
} from "../catalogue/finders.graph.js";
import { builder } from "../graph/builder.js";
import { withoutCall } from "../graph/field-cost.js";
import { findEach, idsInOrder, lookupOfOne, lookupOfSeveral, nodeRef, typeNameOf, type NodeFinder } from "../graph/node.js";
import { viewerFinder } from "../graph/viewer.graph.js";
import { purchaseFinder } from "../locker/purchase.graph.js";
import { attemptFinder } from "../purchase/attempt.graph.js";
import { parseNodeId, type NodeKind } from "../shared/node-id.js";

const finders: Readonly<Record<NodeKind, NodeFinder>> = {
  artist: artistFinder,
  release: releaseFinder,
  track: trackFinder,
  tag: tagFinder,
  editorialList: editorialListFinder,
  merchandisingList: merchandisingListFinder,
  basket: basketFinder,
  purchase: purchaseFinder,
  viewer: viewerFinder,
  purchaseAttempt: attemptFinder,
};

nodeRef.implement({
  description: "An object with a global ID (see Relay's Global Object Identification).",
  fields: (t) => ({
    id: t.id({ nullable: false, description: 'Global ID, e.g. "artist:1", "release:155408" or "track:1628015:155408".' }),
  }),
  resolveType: (facts) => typeNameOf(Object.values(finders), facts),
});

builder.queryFields((t) => ({
  node: t.field({
    ...withoutCall({ lookup: lookupOfOne(finders, ({ id }) => parseNodeId("id", String(id))) }),
    type: nodeRef,
    description: "An object by its global ID. Null if it does not exist. An ID of the wrong form is a BAD_USER_INPUT error.",
    args: { id: t.arg.id({ required: true, description: 'Global ID, e.g. "artist:1".' }) },
    resolve(_, { id: text }, scope, info) {
      const id = parseNodeId("id", text);
      return finders[id.kind].find(id, scope, info);
    },
  }),
  nodes: t.field({
    ...withoutCall({ lookup: lookupOfSeveral(finders, (id) => parseNodeId("ids", id)) }),
    type: [nodeRef],
    nullable: { list: false, items: true },
    description: `Several objects by their global IDs. ${idsInOrder}`,
    args: { ids: t.arg.idList({ required: true, description: `Global IDs. ${idsInOrder}` }) },
    resolve: (_, { ids }, scope, info) =>
      findEach(ids, (text) => {
        const id = parseNodeId("ids", text);
        return finders[id.kind].find(id, scope, info);
      }),
  }),
}));
