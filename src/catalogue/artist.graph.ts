/** Artists in the graph. */
import { upstream, upstreamNonNull } from "../graph/extensions.js";
import { always, hydrated } from "../graph/hydrate.js";
import { pagingArgs, windowOf } from "../graph/paging.js";
import { artistWidths } from "../shared/image.js";
import { imageArgs, imageAt, imageRef } from "../shared/image.graph.js";
import { andThen } from "../shared/maybe-promise.js";
import { whenTold } from "../shared/when-told.js";
import type { ArtistFacts } from "./decoders.js";
import { artistReleases } from "./endpoints/artist-releases.js";
import { artistSimilar } from "./endpoints/artist-similar.js";
import { artistTags } from "./endpoints/artist-tags.js";
import { artistTopTracks } from "./endpoints/artist-top-tracks.js";
import { releaseRecommend } from "./endpoints/release-recommend.js";
import { artistRef, artists, nodeRef, releases, tagRef, tracks } from "./refs.js";
import { releaseTypeFilter } from "./release-type.graph.js";
import { shopPageOf } from "./release-reading.js";
import { tagsArgs, tagsList } from "./tags-field.js";
import { byWindow, eachTells, listedArtist, listedRelease, listedTrack } from "./told.js";

const details = "artist/details";
/** Artist 0 stands in some answers for a name without an artist: nothing more can be asked about it. */
const artist = hydrated<ArtistFacts>({
  load: (facts, { catalogue }) => (facts.artistId === "0" ? facts : catalogue.artist(facts.artistId)),
  inHand: ({ artistId }, { catalogue }) => catalogue.inHand.artists.get(artistId),
});

artistRef.implement({
  description: "A musician, a band, or whoever else a release is filed under.",
  interfaces: [nodeRef],
  fields: (t) => ({
    id: t.id({ nullable: false, description: 'Global id, e.g. "artist:1".', resolve: ({ artistId }) => `artist:${artistId}` }),
    artistId: t.exposeID("artistId", { nullable: false, description: "7digital's id of the artist." }),
    name: t.string({
      ...upstreamNonNull(details),
      description: "The artist's own name. How a release or track credits its artists is `artistCredit` there.",
      resolve: always(
        "name of the artist",
        artist(({ name }) => name),
      ),
    }),
    sortName: t.string({
      ...upstream(details),
      description: 'The name to sort by, e.g. "Charlatans, The".',
      resolve: artist(({ sortName }) => sortName),
    }),
    url: t.field({
      ...upstream(details),
      type: "URL",
      description: "The artist's page in the 7digital store. Null in answers of later years, which tell none.",
      resolve: artist(shopPageOf),
    }),
    image: t.field({
      ...upstream(details),
      type: imageRef,
      description: "A picture of the artist. Null where there is none.",
      args: imageArgs(artistWidths),
      resolve: artist(({ image }, { width }: { width: number }) => imageAt(image, width, artistWidths)),
    }),
    biography: t.string({
      ...upstream(details),
      description: "A text about the artist. Null where 7digital has none; older answers never have one.",
      resolve: artist(({ bio }) => whenTold(bio, ({ text }) => text)),
    }),
    releases: t.field({
      ...upstream("artist/releases", 1, { list: byWindow, tells: eachTells(listedRelease) }),
      type: releases.connection,
      description: "The artist's releases, of one type or of all.",
      args: { type: t.arg({ type: releaseTypeFilter, description: "Only releases of this type." }), ...pagingArgs() },
      resolve: (facts, { type, ...paging }, { catalogue }) => {
        catalogue.inHand.artists.add(facts.artistId, facts);
        return catalogue.read(artistReleases, { artistId: facts.artistId, type: type ?? undefined }, windowOf(paging));
      },
    }),
    topTracks: t.field({
      ...upstream("artist/toptracks", 1, { list: byWindow, tells: eachTells(listedTrack) }),
      type: tracks.connection,
      description: "The artist's most popular tracks, most popular first.",
      args: pagingArgs(),
      resolve: (facts, paging, { catalogue }) => {
        catalogue.inHand.artists.add(facts.artistId, facts);
        return catalogue.read(artistTopTracks, { artistId: facts.artistId }, windowOf(paging));
      },
    }),
    similar: t.field({
      ...upstream("artist/similar", 1, { list: byWindow, tells: eachTells(listedArtist) }),
      type: artists.connection,
      description: "Artists like this one.",
      args: pagingArgs(),
      resolve: ({ artistId }, paging, { catalogue }) => catalogue.read(artistSimilar, { artistId }, windowOf(paging)),
    }),
    recommendedReleases: t.field({
      ...upstream("release/recommend", 1, { list: byWindow, tells: eachTells(listedRelease) }),
      type: releases.connection,
      description: "Releases for those who like this artist.",
      args: pagingArgs(),
      resolve: ({ artistId }, paging, { catalogue }) => catalogue.read(releaseRecommend, { artistId }, windowOf(paging)),
    }),
    tags: t.field({
      ...tagsList("artist/tags"),
      type: [tagRef],
      description: "Genres, decades, countries and other words that describe the artist.",
      args: tagsArgs(),
      resolve: ({ artistId }, args, { catalogue }) =>
        andThen(catalogue.readWhole(artistTags, { artistId }, windowOf(args)), ({ items }) => items.map(({ item }) => item)),
    }),
  }),
});
