/** Artists in the graph. */
import { catalogue } from "./loaders.js";
import { upstream, upstreamNonNull } from "../graph/field-cost.js";
import { required, lazyField } from "../graph/lazy-field.js";
import { nodeRef } from "../graph/node.js";
import { firstArg, pagingArgs, windowOf } from "../graph/paging.js";
import { artistWidths } from "../shared/image.js";
import { imageArgs, imageAt, imageRef } from "../graph/types/image.graph.js";
import { andThen } from "../shared/maybe-promise.js";
import { mapPresent } from "../shared/map-present.js";
import type { ArtistFacts } from "./decoders.js";
import { artistDetails } from "./endpoints/artist-details.js";
import { artistReleases } from "./endpoints/artist-releases.js";
import { artistSimilar } from "./endpoints/artist-similar.js";
import { artistTags } from "./endpoints/artist-tags.js";
import { artistTopTracks } from "./endpoints/artist-top-tracks.js";
import { releaseRecommend } from "./endpoints/release-recommend.js";
import { artistRef, artists, releases, tagRef, tracks } from "./refs.js";
import { releaseTypeFilter } from "./release-type.graph.js";
import { shopPageOf } from "./release-reading.js";
import { mostTags, tagsList } from "./tags-field.graph.js";
import { artistInBrief, byWindow, editorialContent, listedArtist, listedRelease, listedTrack } from "./included-fields.graph.js";

/** In some answers artist 0 is only a name: 7digital has no details of it. */
const artist = lazyField<ArtistFacts>({
  load: (facts, { use }) => (facts.artistId === "0" ? facts : use(catalogue).artist(facts.artistId)),
  partial: ({ artistId }, { use }) => use(catalogue).partials.artists.get(artistId),
});

artistRef.implement({
  description: "A musician, a band, or whoever else a release is filed under.",
  interfaces: [nodeRef],
  fields: (t) => ({
    id: t.id({ nullable: false, description: 'Global id, e.g. "artist:1".', resolve: ({ artistId }) => `artist:${artistId}` }),
    artistId: t.exposeID("artistId", { nullable: false, description: "7digital's id of the artist." }),
    name: t.string({
      ...upstreamNonNull(artistDetails, { includedIn: [artistInBrief, editorialContent] }),
      description: "The artist's own name. How a release or track credits its artists is `artistCredit` there.",
      resolve: required(
        "name of the artist",
        artist(({ name }) => name),
      ),
    }),
    sortName: t.string({
      ...upstream(artistDetails, { includedIn: [listedArtist] }),
      description: 'The name to sort by, e.g. "Charlatans, The".',
      resolve: artist(({ sortName }) => sortName),
    }),
    url: t.field({
      ...upstream(artistDetails, { includedIn: [artistInBrief, editorialContent] }),
      type: "URL",
      description: "The artist's page in the 7digital store. Null in answers of later years, which tell none.",
      resolve: artist(shopPageOf),
    }),
    image: t.field({
      ...upstream(artistDetails, { includedIn: [editorialContent] }),
      type: imageRef,
      description: "A picture of the artist. Null where there is none.",
      args: imageArgs(artistWidths),
      resolve: artist(({ image }, { width }: { width: number }) => imageAt(image, width, artistWidths)),
    }),
    biography: t.string({
      ...upstream(artistDetails),
      description: "A text about the artist. Null where 7digital has none; older answers never have one.",
      resolve: artist(({ bio }) => mapPresent(bio, ({ text }) => text)),
    }),
    releases: t.field({
      ...upstream(artistReleases, { list: byWindow, gives: listedRelease }),
      type: releases.connection,
      description: "The artist's releases, of one type or of all.",
      args: { type: t.arg({ type: releaseTypeFilter, description: "Only releases of this type." }), ...pagingArgs() },
      resolve: (facts, { type, ...paging }, { use }) => {
        use(catalogue).partials.artists.add(facts.artistId, facts);
        return use(catalogue).read(artistReleases, { artistId: facts.artistId, type: type ?? undefined }, windowOf(paging));
      },
    }),
    topTracks: t.field({
      ...upstream(artistTopTracks, { list: byWindow, gives: listedTrack }),
      type: tracks.connection,
      description: "The artist's most popular tracks, most popular first.",
      args: pagingArgs(),
      resolve: (facts, paging, { use }) => {
        use(catalogue).partials.artists.add(facts.artistId, facts);
        return use(catalogue).read(artistTopTracks, { artistId: facts.artistId }, windowOf(paging));
      },
    }),
    similar: t.field({
      ...upstream(artistSimilar, { list: byWindow, gives: listedArtist }),
      type: artists.connection,
      description: "Artists like this one.",
      args: pagingArgs(),
      resolve: ({ artistId }, paging, { use }) => use(catalogue).read(artistSimilar, { artistId }, windowOf(paging)),
    }),
    recommendedReleases: t.field({
      ...upstream(releaseRecommend, { list: byWindow, gives: listedRelease }),
      type: releases.connection,
      description: "Releases for those who like this artist.",
      args: pagingArgs(),
      resolve: ({ artistId }, paging, { use }) => use(catalogue).read(releaseRecommend, { artistId }, windowOf(paging)),
    }),
    tags: t.field({
      ...tagsList(artistTags),
      type: [tagRef],
      description: "Genres, decades, countries and other words that describe the artist.",
      args: firstArg(mostTags),
      resolve: ({ artistId }, args, { use }) =>
        andThen(use(catalogue).readWhole(artistTags, { artistId }, windowOf(args)), ({ items }) => items.map(({ item }) => item)),
    }),
  }),
});
