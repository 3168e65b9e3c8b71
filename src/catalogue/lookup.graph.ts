/** The fields that lead into the catalogue: by ID, one or several, by letter and by date. */
import { builder } from "../graph/builder.js";
import { upstream } from "../graph/field-cost.js";
import { badUserInput } from "../shared/client-error.js";
import { parseIdOf, type NodeId } from "../shared/node-id.js";
import { findEach, idsInOrder, lookupOfOne, lookupOfSeveral } from "../graph/node.js";
import { pagingArgs, windowOf } from "../graph/paging.js";
import { parseSearchText } from "../shared/search-text.js";
import { artistBrowse, artistDetails } from "./endpoints/artist.js";
import { editorialList, merchandisingListDetails } from "./endpoints/editorial.js";
import { releaseByDate, releaseDetails } from "./endpoints/release.js";
import { tag as tagList } from "./endpoints/tag.js";
import { trackDetails } from "./endpoints/track.js";
import { catalogue, callsForTag } from "./loaders.js";
import { artistFinder, editorialListFinder, merchandisingListFinder, releaseFinder, tagFinder, trackFinder } from "./finders.graph.js";
import { artistRef, artists, editorialListRef, merchandisingListRef, releaseRef, releases, tagRef, trackRef } from "./refs.js";
import { byWindow, listedArtist, listedRelease } from "./included-fields.graph.js";

builder.queryFields((t) => ({
  artist: t.field({
    ...upstream(artistDetails, { lookup: lookupOfOne({ artist: artistFinder }, ({ id }) => parseIdOf("artist", "id", String(id))) }),
    type: artistRef,
    description: "An artist by ID. Null if it does not exist.",
    args: { id: t.arg.id({ required: true, description: 'Global ID ("artist:1") or 7digital\'s ID ("1").' }) },
    resolve: (_, { id }, scope, info) => artistFinder.find(parseIdOf("artist", "id", id), scope, info),
  }),
  release: t.field({
    ...upstream(releaseDetails, { lookup: lookupOfOne({ release: releaseFinder }, ({ id }) => parseIdOf("release", "id", String(id))) }),
    type: releaseRef,
    description: "A release by ID. Null if it does not exist.",
    args: { id: t.arg.id({ required: true, description: 'Global ID ("release:155408") or 7digital\'s ID ("155408").' }) },
    resolve: (_, { id }, scope, info) => releaseFinder.find(parseIdOf("release", "id", id), scope, info),
  }),
  track: t.field({
    ...upstream(trackDetails, {
      lookup: lookupOfOne({ track: trackFinder }, ({ id, releaseId }) => trackIdOf(String(id), releaseId as string | undefined)),
    }),
    type: trackRef,
    description: "A track by ID. Null if it does not exist.",
    args: {
      id: t.arg.id({ required: true, description: 'Global ID ("track:1628015:155408") or 7digital\'s ID ("1628015").' }),
      releaseId: t.arg.id({
        description: "ID of the release, if `id` does not include it. If null, 7digital chooses one of the track's releases.",
      }),
    },
    resolve: (_, { id, releaseId }, scope, info) => trackFinder.find(trackIdOf(id, releaseId), scope, info),
  }),
  artistsById: t.field({
    ...upstream(artistDetails, { lookup: lookupOfSeveral({ artist: artistFinder }, (id) => parseIdOf("artist", "ids", id)) }),
    type: [artistRef],
    nullable: { list: false, items: true },
    description: `Several artists by their IDs. For federation gateways: in a client, use \`nodes\`. ${idsInOrder}`,
    args: { ids: t.arg.idList({ required: true, description: `Global IDs or 7digital's IDs. ${idsInOrder}` }) },
    resolve: (_, { ids }, scope, info) => findEach(ids, (id) => artistFinder.find(parseIdOf("artist", "ids", id), scope, info)),
  }),
  releasesById: t.field({
    ...upstream(releaseDetails, { lookup: lookupOfSeveral({ release: releaseFinder }, (id) => parseIdOf("release", "ids", id)) }),
    type: [releaseRef],
    nullable: { list: false, items: true },
    description: `Several releases by their IDs. For federation gateways: in a client, use \`nodes\`. ${idsInOrder}`,
    args: { ids: t.arg.idList({ required: true, description: `Global IDs or 7digital's IDs. ${idsInOrder}` }) },
    resolve: (_, { ids }, scope, info) => findEach(ids, (id) => releaseFinder.find(parseIdOf("release", "ids", id), scope, info)),
  }),
  tracksById: t.field({
    ...upstream(trackDetails, {
      lookup: lookupOfSeveral({ track: trackFinder }, (id) => parseIdOf("track", "ids", id)),
    }),
    type: [trackRef],
    nullable: { list: false, items: true },
    description: `Several tracks by their IDs. For federation gateways: in a client, use \`nodes\`. Tracks of one release cost one call if their IDs include the release. ${idsInOrder}`,
    args: { ids: t.arg.idList({ required: true, description: `Global IDs or 7digital's IDs. ${idsInOrder}` }) },
    resolve: (_, { ids }, scope, info) => findEach(ids, (id) => trackFinder.find(parseIdOf("track", "ids", id), scope, info)),
  }),
  tag: t.field({
    ...upstream(tagList, { calls: callsForTag, lookup: lookupOfOne({ tag: tagFinder }, ({ id }) => parseIdOf("tag", "id", String(id))) }),
    type: tagRef,
    description: "A tag by ID. Null if it does not exist.",
    args: { id: t.arg.id({ required: true, description: 'Global ID ("tag:indie-rock") or 7digital\'s ID ("indie-rock").' }) },
    resolve: (_, { id }, scope, info) => tagFinder.find(parseIdOf("tag", "id", id), scope, info),
  }),
  editorialList: t.field({
    ...upstream(editorialList, {
      lookup: lookupOfOne({ editorialList: editorialListFinder }, ({ key }) => parseIdOf("editorialList", "key", String(key))),
    }),
    type: editorialListRef,
    description:
      "A list curated by 7digital's editors. Null if it does not exist. Known keys: featured_albums, new_releases, " +
      "promo_selection, preorders, staff_recommendations.",
    args: { key: t.arg.string({ required: true, description: 'Key of the list, e.g. "featured_albums".' }) },
    resolve: (_, { key }, scope, info) => editorialListFinder.find(parseIdOf("editorialList", "key", key), scope, info),
  }),
  merchandisingList: t.field({
    ...upstream(merchandisingListDetails, {
      lookup: lookupOfOne({ merchandisingList: merchandisingListFinder }, ({ key }) => parseIdOf("merchandisingList", "key", String(key))),
    }),
    type: merchandisingListRef,
    description:
      "A list put together for one shop, e.g. for its home page. It is the list of the operation's shop: without one, or in a country whose " +
      "shop is not known, it is a BAD_USER_INPUT error. Null if the shop has no list of this key.",
    args: { key: t.arg.string({ required: true, description: 'Key of the list, e.g. "home1".' }) },
    resolve: (_, { key }, scope, info) => merchandisingListFinder.find(parseIdOf("merchandisingList", "key", key), scope, info),
  }),
  artists: t.field({
    ...upstream(artistBrowse, { list: byWindow, gives: listedArtist }),
    type: artists.connection,
    description: "Artists whose names start with the given letters, by name.",
    args: { startingWith: t.arg.string({ required: true, description: 'First letters of the name, e.g. "ke".' }), ...pagingArgs() },
    resolve: (_, { startingWith, ...paging }, { use }) =>
      use(catalogue).read(artistBrowse, { letter: parseSearchText("startingWith", startingWith) }, windowOf(paging)),
  }),
  newReleases: t.field({
    ...upstream(releaseByDate, { list: byWindow, gives: listedRelease }),
    type: releases.connection,
    description: "Releases by release date, in a range of days.",
    args: {
      from: t.arg({ type: "Date", description: "First day of the range. If null, today." }),
      to: t.arg({ type: "Date", description: "Last day of the range, included. If null, today." }),
      ...pagingArgs(),
    },
    resolve: (_, { from, to, ...paging }, { use }) => {
      if (from && to && from > to) throw badUserInput("from", "`from` is after `to`. Swap them.");
      return use(catalogue).read(releaseByDate, { fromDate: from ?? undefined, toDate: to ?? undefined }, windowOf(paging));
    },
  }),
}));

/** @throws ClientError BAD_USER_INPUT, also where both name a release, but not the same one. */
function trackIdOf(id: string, releaseId: string | null | undefined): NodeId {
  const track = parseIdOf("track", "id", id);
  if (releaseId === undefined || releaseId === null) return track;
  const release = parseIdOf("release", "releaseId", releaseId);
  if (track.releaseId !== undefined && track.releaseId !== release.id) {
    throw badUserInput("releaseId", "`id` and `releaseId` name different releases. Send one of them.");
  }
  return { ...track, releaseId: release.id };
}
