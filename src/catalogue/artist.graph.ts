/** Artists in the graph. */
import { catalogue } from "./loaders.js";
import { upstream } from "../graph/field-cost.js";
import { lazyField } from "../graph/lazy-field.js";
import { nodeRef } from "../graph/node.js";
import { pagingArgs, windowOf } from "../graph/paging.js";
import { artistSizes } from "../shared/image.js";
import { imageArgs, imageAt, imageRef } from "../graph/types/image.graph.js";
import { mapPresent } from "../shared/map-present.js";
import type { ArtistFacts } from "./decoders.js";
import { artistDetails, artistReleases, artistSimilar, artistTopTracks } from "./endpoints/artist.js";
import { artistTags } from "./endpoints/tag.js";
import { releaseRecommend } from "./endpoints/release.js";
import { artistRef, artists, releases, tracks } from "./refs.js";
import { badUserInput } from "../shared/client-error.js";
import { releaseTypeFilter, releaseTypes } from "./release-type.graph.js";
import { pictureOf, shopPageOf } from "./release-reading.js";
import { artistSlugOf } from "./slugs.js";
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
  description: "An artist: a musician, a band or anyone else who is credited for music.",
  interfaces: [nodeRef],
  fields: (t) => ({
    id: t.id({ nullable: false, description: 'Global ID, e.g. "artist:1".', resolve: ({ artistId }) => `artist:${artistId}` }),
    artistId: t.exposeID("artistId", { nullable: false, description: "7digital's ID of the artist." }),
    name: t.string({
      description: "Name of the artist. How a release or a track credits the artist is `artistCredit` there.",
      ...artist(({ name }) => name, { includedIn: [artistInBrief, editorialContent], required: "name" }),
    }),
    sortName: t.string({
      description: 'Name to sort by, e.g. "Charlatans, The". Null if 7digital has none.',
      ...artist(({ sortName }) => sortName, { includedIn: [listedArtist] }),
    }),
    url: t.field({
      type: "URL",
      description: "URL of the artist's page in the 7digital store. Null if 7digital does not send it.",
      ...artist(shopPageOf, { includedIn: [artistInBrief, editorialContent] }),
    }),
    slug: t.string({
      description: 'Name of the artist in URLs of the 7digital store, e.g. "the-charlatans". Null if 7digital does not send it.',
      ...artist(artistSlugOf, { includedIn: [artistInBrief, editorialContent] }),
    }),
    image: t.field({
      type: imageRef,
      description: "Picture of the artist. Null if there is none.",
      args: imageArgs(artistSizes),
      ...artist((facts, { width }: { width: number }) => imageAt(pictureOf(facts), width, artistSizes), {
        includedIn: [listedArtist, editorialContent],
      }),
    }),
    biography: t.string({
      description: "Biography of the artist, in plain text. Null if 7digital has none.",
      ...artist(({ bio }) => mapPresent(bio, ({ text }) => text)),
    }),
    releases: t.field({
      ...upstream(artistReleases, { list: byWindow, gives: listedRelease }),
      type: releases.connection,
      description: "Releases by the artist.",
      args: {
        types: t.arg({
          type: [releaseTypeFilter],
          description:
            "Return only releases of this type. A list of one type: 7digital filters by one type at a time. If null or empty, all types.",
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
      description: "Tracks of the artist, most popular first.",
      args: pagingArgs(),
      resolve: (facts, paging, { use }) => {
        use(catalogue).partials.artists.add(facts.artistId, facts);
        return use(catalogue).read(artistTopTracks, { artistId: facts.artistId }, windowOf(paging));
      },
    }),
    similarArtists: t.field({
      ...upstream(artistSimilar, { list: byWindow, gives: listedArtist }),
      type: artists.connection,
      description: "Artists that are similar to this one.",
      args: pagingArgs(),
      resolve: ({ artistId }, paging, { use }) => use(catalogue).read(artistSimilar, { artistId }, windowOf(paging)),
    }),
    recommendedReleases: t.field({
      ...upstream(releaseRecommend, { list: byWindow, gives: listedRelease }),
      type: releases.connection,
      description: "Releases recommended to people who like this artist.",
      args: pagingArgs(),
      resolve: ({ artistId }, paging, { use }) => use(catalogue).read(releaseRecommend, { artistId }, windowOf(paging)),
    }),
    tags: t.field({
      ...tagsField(artistTags),
      description: "Tags of the artist: genres, decades, countries and other words that describe it.",
      resolve: ({ artistId }, paging, { use }) => use(catalogue).readWhole(artistTags, { artistId }, windowOf(paging)),
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
