/** The ways into the graph: by id, one or several, and by date or letter. */
import { GraphQLError } from "graphql";
import { builder } from "../graph/builder.js";
import { upstream } from "../graph/extensions.js";
import { badUserInput } from "../graph/input-error.js";
import { parseIdOf, parseNodeId, type NodeId } from "../graph/node-id.js";
import { pagingArgs, windowOf } from "../graph/paging.js";
import type { MaybePromise } from "../shared/maybe-promise.js";
import { words } from "../graph/words.js";
import { artistBrowse } from "./endpoints/artist-browse.js";
import { releaseByDate } from "./endpoints/release-by-date.js";
import { callsForTag } from "./loaders.js";
import { findsOne, findsSeveral, mostIds, notTooMany } from "./lookup-costs.js";
import { lookUpArtist, lookUpEditorialList, lookUpNode, lookUpRelease, lookUpTag, lookUpTrack } from "./lookup.js";
import { artistRef, artists, editorialListRef, nodeRef, releaseRef, releases, tagRef, trackRef } from "./refs.js";
import { byWindow, eachTells, listedArtist, listedRelease } from "./told.js";
import { callsForTrack } from "./track-loader.js";

const inOrder = `At most ${String(mostIds)}. The answer has the same order and length, with null where there is none.`;

/** Looks up every id. One that can not be right is an error in its own place, not of the whole list. */
function each<T>(ids: readonly string[], lookUp: (id: string) => MaybePromise<T | null>): readonly MaybePromise<T | null>[] {
  return notTooMany(ids).map((id) => {
    try {
      return lookUp(id);
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      return Promise.reject(error);
    }
  });
}

builder.queryFields((t) => ({
  node: t.field({
    ...findsOne(({ id }) => parseNodeId("id", String(id)), { extensions: {} }),
    type: nodeRef,
    description: "Anything with a global id. Null where there is no such thing.",
    args: { id: t.arg.id({ required: true, description: 'A global id, e.g. "artist:1".' }) },
    resolve: (_, { id }, context, info) => lookUpNode(parseNodeId("id", id), context, info),
  }),
  nodes: t.field({
    ...findsSeveral((id) => parseNodeId("ids", id), { extensions: {} }),
    type: [nodeRef],
    nullable: { list: false, items: true },
    description: `Several things by their global ids. ${inOrder}`,
    args: { ids: t.arg.idList({ required: true, description: `Global ids. ${inOrder}` }) },
    resolve: (_, { ids }, context, info) => each(ids, (id) => lookUpNode(parseNodeId("ids", id), context, info)),
  }),
  artist: t.field({
    ...findsOne(({ id }) => parseIdOf("artist", "id", String(id)), upstream("artist/details")),
    type: artistRef,
    description: "An artist by id. Null where there is none.",
    args: { id: t.arg.id({ required: true, description: 'A global id ("artist:1") or 7digital\'s own ("1").' }) },
    resolve: (_, { id }, context, info) => lookUpArtist(parseIdOf("artist", "id", id), context, info),
  }),
  release: t.field({
    ...findsOne(({ id }) => parseIdOf("release", "id", String(id)), upstream("release/details")),
    type: releaseRef,
    description: "A release by id. Null where there is none.",
    args: { id: t.arg.id({ required: true, description: 'A global id ("release:155408") or 7digital\'s own ("155408").' }) },
    resolve: (_, { id }, context, info) => lookUpRelease(parseIdOf("release", "id", id), context, info),
  }),
  track: t.field({
    ...findsOne(({ id, releaseId }) => trackIdOf(String(id), releaseId as string | undefined), upstream("track/details", callsForTrack)),
    type: trackRef,
    description: "A track by id. Null where there is none.",
    args: {
      id: t.arg.id({ required: true, description: 'A global id ("track:1628015:155408") or 7digital\'s own ("1628015").' }),
      releaseId: t.arg.id({
        description: "The release it is on, where `id` does not tell: without it 7digital chooses one of its releases.",
      }),
    },
    resolve: (_, { id, releaseId }, context, info) => lookUpTrack(trackIdOf(id, releaseId), context, info),
  }),
  artistsById: t.field({
    ...findsSeveral((id) => parseIdOf("artist", "ids", id), upstream("artist/details")),
    type: [artistRef],
    nullable: { list: false, items: true },
    description: `Several artists, for gateways. ${inOrder}`,
    args: { ids: t.arg.idList({ required: true, description: `Global ids or 7digital's own. ${inOrder}` }) },
    resolve: (_, { ids }, context, info) => each(ids, (id) => lookUpArtist(parseIdOf("artist", "ids", id), context, info)),
  }),
  releasesById: t.field({
    ...findsSeveral((id) => parseIdOf("release", "ids", id), upstream("release/details")),
    type: [releaseRef],
    nullable: { list: false, items: true },
    description: `Several releases, for gateways. ${inOrder}`,
    args: { ids: t.arg.idList({ required: true, description: `Global ids or 7digital's own. ${inOrder}` }) },
    resolve: (_, { ids }, context, info) => each(ids, (id) => lookUpRelease(parseIdOf("release", "ids", id), context, info)),
  }),
  tracksById: t.field({
    ...findsSeveral((id) => parseIdOf("track", "ids", id), upstream("track/details", callsForTrack)),
    type: [trackRef],
    nullable: { list: false, items: true },
    description: `Several tracks, for gateways. Two or more of one release cost one call where the ids tell the release. ${inOrder}`,
    args: { ids: t.arg.idList({ required: true, description: `Global ids or 7digital's own. ${inOrder}` }) },
    resolve: (_, { ids }, context, info) => each(ids, (id) => lookUpTrack(parseIdOf("track", "ids", id), context, info)),
  }),
  tag: t.field({
    ...findsOne(({ id }) => parseIdOf("tag", "id", String(id)), upstream("tag", callsForTag)),
    type: tagRef,
    description: "A tag by id. Null where there is none.",
    args: { id: t.arg.id({ required: true, description: 'A global id ("tag:indie-rock") or 7digital\'s own ("indie-rock").' }) },
    resolve: (_, { id }, context, info) => lookUpTag(parseIdOf("tag", "id", id), context, info),
  }),
  editorialList: t.field({
    ...findsOne(({ key }) => parseIdOf("editorialList", "key", String(key)), upstream("editorial/list")),
    type: editorialListRef,
    description:
      "A list curated by 7digital's editors. Known keys: featured_albums, new_releases, promo_selection, preorders, " +
      "staff_recommendations. Null where there is no such list.",
    args: { key: t.arg.string({ required: true, description: 'The key of the list, e.g. "featured_albums".' }) },
    resolve: (_, { key }, context) => lookUpEditorialList(parseIdOf("editorialList", "key", key), context),
  }),
  artists: t.field({
    ...upstream("artist/browse", 1, { list: byWindow, tells: eachTells(listedArtist) }),
    type: artists.connection,
    description: "Artists whose names begin with some letters, by name.",
    args: { startingWith: t.arg.string({ required: true, description: "The first letter or letters." }), ...pagingArgs() },
    resolve: (_, { startingWith, ...paging }, { catalogue }) =>
      catalogue.read(artistBrowse, { letter: words("startingWith", startingWith) }, windowOf(paging)),
  }),
  newReleases: t.field({
    ...upstream("release/bydate", 1, { list: byWindow, tells: eachTells(listedRelease) }),
    type: releases.connection,
    description: "Releases of a range of days, both days included.",
    args: {
      from: t.arg({ type: "Date", description: "The first day. Today when left out." }),
      to: t.arg({ type: "Date", description: "The last day. Today when left out." }),
      ...pagingArgs(),
    },
    resolve: (_, { from, to, ...paging }, { catalogue }) => {
      if (from && to && from > to) throw badUserInput("from", "`from` is after `to`: swap them.");
      return catalogue.read(releaseByDate, { fromDate: from ?? undefined, toDate: to ?? undefined }, windowOf(paging));
    },
  }),
}));

/** @throws GraphQLError BAD_USER_INPUT where both tell a release, and not the same. */
function trackIdOf(id: string, releaseId: string | null | undefined): NodeId {
  const track = parseIdOf("track", "id", id);
  if (releaseId === undefined || releaseId === null) return track;
  const release = parseIdOf("release", "releaseId", releaseId);
  if (track.releaseId !== undefined && track.releaseId !== release.id) {
    throw badUserInput("releaseId", "`id` and `releaseId` tell different releases: send one of them.");
  }
  return { ...track, releaseId: release.id };
}
