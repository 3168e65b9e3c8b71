/** How the catalogue's objects are found by their ids. The call for an object's own details is saved where only its lists are wanted. */
import type { FoundBatch } from "../graph/field-cost.js";
import type { NodeFinder } from "../graph/node.js";
import { wantsOnlyLists } from "../graph/selection.js";
import { andThen } from "../shared/maybe-promise.js";
import type { NodeId } from "../shared/node-id.js";
import { nullIfNotFound } from "../shared/null-if-not-found.js";
import type { ArtistFacts, EditorialListFacts, ReleaseFacts, TagFacts, TrackFacts } from "./decoders.js";
import { artistDetails } from "./endpoints/artist.js";
import { editorialList, merchandisingListDetails } from "./endpoints/editorial.js";
import { releaseDetails } from "./endpoints/release.js";
import { tag } from "./endpoints/tag.js";
import { trackDetails } from "./endpoints/track.js";
import { releaseInBrief, releasesInBatches, tracksInBatches, tracksOfOneRelease } from "./included-fields.graph.js";
import { callsForTag, catalogue } from "./loaders.js";
import { readMerchandisingList, type MerchandisingListFacts } from "./merchandising.js";
import { artistRef, editorialListRef, merchandisingListRef, releaseRef, tagRef, trackRef } from "./refs.js";

const always = (): boolean => true;
const tracksByRelease: FoundBatch = { ...tracksOfOneRelease(releaseInBrief), parentOf: releaseOf };

export const artistFinder: NodeFinder<ArtistFacts> = {
  type: artistRef,
  idMember: "artistId",
  method: artistDetails,
  savedFor: always,
  find: ({ id }, { use }, info) =>
    wantsOnlyLists(info, artistRef, artistDetails) ? { artistId: id } : nullIfNotFound(use(catalogue).artist(id)),
};

export const releaseFinder: NodeFinder<ReleaseFacts> = {
  type: releaseRef,
  idMember: "releaseId",
  method: releaseDetails,
  inBatches: releasesInBatches,
  savedFor: always,
  find: ({ id }, { use }, info) =>
    wantsOnlyLists(info, releaseRef, releaseDetails) ? { releaseId: id } : nullIfNotFound(use(catalogue).release(id)),
};

export const trackFinder: NodeFinder<TrackFacts> = {
  type: trackRef,
  idMember: "trackId",
  method: trackDetails,
  inBatches: tracksInBatches,
  savedFor: ({ releaseId }) => releaseId !== undefined,
  batch: tracksByRelease,
  find({ id, releaseId }, { use }, info) {
    if (releaseId !== undefined && wantsOnlyLists(info, trackRef, trackDetails)) return { trackId: id, release: { releaseId } };
    return nullIfNotFound(use(catalogue).track({ trackId: id, releaseId }));
  },
};

export const tagFinder: NodeFinder<TagFacts> = {
  type: tagRef,
  idMember: "tagId",
  method: tag,
  calls: callsForTag,
  once: true,
  savedFor: always,
  find: ({ id }, { use }, info) =>
    wantsOnlyLists(info, tagRef, tag) ? { tagId: id } : andThen(use(catalogue).tag(id), (found) => found ?? null),
};

export const editorialListFinder: NodeFinder<EditorialListFacts> = {
  type: editorialListRef,
  idMember: "listId",
  method: editorialList,
  find: ({ id }, { use }) => nullIfNotFound(use(catalogue).editorialList(id)),
};

export const merchandisingListFinder: NodeFinder<MerchandisingListFacts> = {
  type: merchandisingListRef,
  idMember: "merchandisingListId",
  method: merchandisingListDetails,
  find: ({ id }, scope) => nullIfNotFound(readMerchandisingList(id, scope)),
};

function releaseOf({ releaseId }: NodeId): NodeId | undefined {
  return releaseId === undefined ? undefined : { kind: "release", id: releaseId, releaseId: undefined };
}
