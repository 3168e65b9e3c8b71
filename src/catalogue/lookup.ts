/** Looking things up by id. Null means that there is no such thing; any other failure is an error. */
import type { GraphQLResolveInfo } from "graphql";
import type { GraphContext } from "../graph/context.js";
import type { NodeId } from "../graph/node-id.js";
import { findNode } from "../graph/node-lookup.js";
import { wantsOnlyLists, wantsOnlyTold } from "../graph/selection.js";
import { andThen, type MaybePromise } from "../shared/maybe-promise.js";
import { UpstreamError } from "../upstream/errors.js";
import type { ArtistFacts, EditorialListFacts, ReleaseFacts, TagFacts, TrackFacts } from "./decoders.js";
import type { NodeFacts } from "./refs.js";
import { releaseInBrief } from "./told.js";

type Found<T> = MaybePromise<T | null>;

export function lookUpArtist({ id }: NodeId, { catalogue }: GraphContext, info: GraphQLResolveInfo): Found<ArtistFacts> {
  if (wantsOnlyLists(info, "Artist", "artist/details")) return { artistId: id };
  return orNull(catalogue.artist(id));
}

export function lookUpRelease({ id }: NodeId, { catalogue }: GraphContext, info: GraphQLResolveInfo): Found<ReleaseFacts> {
  if (wantsOnlyLists(info, "Release", "release/details")) return { releaseId: id };
  return orNull(catalogue.release(id));
}

export function lookUpTrack({ id, releaseId }: NodeId, { catalogue }: GraphContext, info: GraphQLResolveInfo): Found<TrackFacts> {
  if (releaseId !== undefined && wantsOnlyLists(info, "Track", "track/details")) return { trackId: id, release: { releaseId } };
  return orNull(catalogue.track({ trackId: id, releaseId, withRelease: wantsOnlyTold(info, "Track", "release", releaseInBrief) }));
}

export function lookUpTag({ id }: NodeId, { catalogue }: GraphContext, info: GraphQLResolveInfo): Found<TagFacts> {
  if (wantsOnlyLists(info, "Tag", "tag")) return { tagId: id };
  return andThen(catalogue.tag(id), (found) => found ?? null);
}

export function lookUpEditorialList({ id }: NodeId, { catalogue }: GraphContext): Found<EditorialListFacts> {
  return orNull(catalogue.editorialList(id));
}

/** Whatever the id names. */
export function lookUpNode(id: NodeId, context: GraphContext, info: GraphQLResolveInfo): Found<NodeFacts> {
  const lookUp = {
    artist: lookUpArtist,
    release: lookUpRelease,
    track: lookUpTrack,
    tag: lookUpTag,
    editorialList: lookUpEditorialList,
    basket: findNode,
    purchase: findNode,
  }[id.kind];
  return lookUp(id, context, info);
}

/** The answer, or null where 7digital says that there is no such thing. */
export function orNull<T>(answer: MaybePromise<T>): Found<T> {
  if (!(answer instanceof Promise)) return answer;
  return answer.catch((error: unknown) => {
    if (error instanceof UpstreamError && error.code === "NOT_FOUND") return null;
    throw error;
  });
}
