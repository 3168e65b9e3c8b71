/** Artists in the graph. */
import { catalogue } from "./loaders.js";
import { upstream } from "../graph/field-cost.js";
import { lazyField } from "../graph/lazy-field.js";
import { nodeRef } from "../graph/node.js";
import { pagingArgs, windowOf } from "../graph/paging.js";
import { artistSizes } from "../shared/image.js";
import { imageArgs, imageAt, imageRef } from "../graph/types/image.graph.js";
import { andThen } from "../shared/maybe-promise.js";
import { mapPresent } from "../shared/map-present.js";
import type { ArtistFacts } from "./decoders.js";
import { artistDetails, artistReleases, artistSimilar, artistTopTracks } from "./endpoints/artist.js";
import { artistTags } from "./endpoints/tag.js";
import { releaseRecommend } from "./endpoints/release.js";
import { artistRef, artists, releases, tracks } from "./refs.js";
import { badUserInput } from "../shared/client-error.js";
import { releaseTypeFilter, releaseTypes } from "./release-type.graph.js";
import { shopPageOf } from "./release-reading.js";
import { tagsField } from "./tags-field.graph.js";
import { artistInBrief, byWindow, editorialContent, listedArtist, listedRelease, listedTrack } from "./included-fields.graph.js";

/** In some answers artist 0 is only a name: 7digital has no details of it. */
const artist = lazyField<ArtistFacts>({
  name: "artist",
  method: artistDetails,
  load: (facts, { use }) => (facts.artistId === "0" ? facts : use(catalogue).artist(facts.artistId)),
  partial: ({ artistId }, { use }) => use(catalogue).partials.artists.get(artistId),
});

artistRef.implement({
  description: "A musician, a band or another artist.",
  interfaces: [nodeRef],
  fields: (t) => ({
    id: t.id({ nullable: false, description: 'Global ID, e.g. "artist:1".', resolve: ({ artistId }) => `artist:${artistId}` }),
    artistId: t.exposeID("artistId", { nullable: false, description: "7digital's ID of the artist." }),
    name: t.string({
      description: "The artist's own name. How a release or track credits its artists is `artistCredit` there.",
      ...artist(({ name }) => name, { includedIn: [artistInBrief, editorialContent], required: "name" }),
    }),
    sortName: t.string({
      description: 'The name to sort by, e.g. "Charlatans, The".',
      ...artist(({ sortName }) => sortName, { includedIn: [listedArtist] }),
    }),
    url: t.field({
      type: "URL",
      description: "Page of the artist in the 7digital store. May be null: 7digital does not provide it for every artist.",
      ...artist(shopPageOf, { includedIn: [artistInBrief, editorialContent] }),
    }),
    image: t.field({
      type: imageRef,
      description: "A picture of the artist. Null if there is none.",
      args: imageArgs(artistSizes),
      ...artist(({ image }, { width }: { width: number }) => imageAt(image, width, artistSizes), { includedIn: [editorialContent] }),
    }),
    biography: t.string({
      description: "Biography of the artist. May be null: 7digital does not provide it for every artist.",
      ...artist(({ bio }) => mapPresent(bio, ({ text }) => text)),
    }),
    releases: t.field({
      ...upstream(artistReleases, { list: byWindow, gives: listedRelease }),
      type: releases.connection,
      description: "Releases by the artist, of one type or of all.",
      args: {
        types: t.arg({
          type: [releaseTypeFilter],
          description: "Only releases of this type: 7digital takes one type, or null or an empty list for all types.",
        }),
        ...pagingArgs(),
      },
      resolve: (facts, { types, ...paging }, { use }) => {
        use(catalogue).partials.artists.add(facts.artistId, facts);
        return use(catalogue).read(artistReleases, { artistId: facts.artistId, type: onlyTypeOf(types) }, windowOf(paging));
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
    similarArtists: t.field({
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
      ...tagsField(artistTags),
      description: "Genres, decades, countries and other words that describe the artist.",
      resolve: ({ artistId }, args, { use }) =>
        andThen(use(catalogue).readWhole(artistTags, { artistId }, windowOf(args)), ({ items }) => items.map(({ item }) => item)),
    }),
  }),
});

/** The method takes one type. All types are no filter. @throws ClientError BAD_USER_INPUT */
function onlyTypeOf<T>(types: readonly T[] | null | undefined): T | undefined {
  const distinct = new Set(types);
  if (distinct.size <= 1) return [...distinct][0];
  if (distinct.size === releaseTypes.length) return undefined;
  throw badUserInput("types", "7digital lists an artist's releases of one type or of all. Send one type, or none.");
}
