/** The lists of a release in the graph: its tracks, releases like it, and its tags. */
import { builder } from "../graph/builder.js";
import { upstream } from "../graph/field-cost.js";
import { noFields } from "../graph/included-fields.js";
import { firstArg, pagingArgs, windowOf } from "../graph/paging.js";
import { andThen } from "../shared/maybe-promise.js";
import { releaseRecommend } from "./endpoints/release-recommend.js";
import { releaseTags } from "./endpoints/release-tags.js";
import { releaseTracks } from "./endpoints/release-tracks.js";
import { byWindow, listedRelease, listedTrack, tracksOfOneRelease, whole } from "./included-fields.graph.js";
import { catalogue } from "./loaders.js";
import { releaseRef, releases, tagRef, tracks } from "./refs.js";
import { mostTags, tagsList } from "./tags-field.graph.js";
import { allOnRelease } from "./track-loader.js";

builder.objectFields(releaseRef, (t) => ({
  tracks: t.field({
    ...upstream(releaseTracks, { list: whole, gives: listedTrack, batch: tracksOfOneRelease(noFields) }),
    type: tracks.connection,
    description: "Its tracks, in order, over all discs.",
    args: pagingArgs(50),
    resolve: (facts, paging, { use }) => {
      const { releaseId } = facts;
      use(catalogue).partials.releases.add(releaseId, facts);
      return andThen(use(catalogue).readWhole(releaseTracks, { releaseId }, windowOf(paging)), (read) => allOnRelease(read, releaseId));
    },
  }),
  recommendations: t.field({
    ...upstream(releaseRecommend, { list: byWindow, gives: listedRelease }),
    type: releases.connection,
    description: "Releases for those who like this one.",
    args: pagingArgs(),
    resolve: ({ releaseId }, paging, { use }) => use(catalogue).read(releaseRecommend, { releaseId }, windowOf(paging)),
  }),
  tags: t.field({
    ...tagsList(releaseTags),
    type: [tagRef],
    description: "Genres, decades, countries and other words that describe the release.",
    args: firstArg(mostTags),
    resolve: ({ releaseId }, args, { use }) =>
      andThen(use(catalogue).readWhole(releaseTags, { releaseId }, windowOf(args)), ({ items }) => items.map(({ item }) => item)),
  }),
}));
