/** Search in the graph, with the scores of what is found. */
import { catalogue } from "./loaders.js";
import { builder } from "../graph/builder.js";
import { upstream, withoutCall } from "../graph/field-cost.js";
import { pagingArgs, windowOf } from "../graph/paging.js";
import { parseSearchText } from "../shared/search-text.js";
import { readable } from "../upstream/xml/unreadable.js";
import { artistSearch } from "./endpoints/artist.js";
import { releaseSearch } from "./endpoints/release.js";
import { trackSearch } from "./endpoints/track.js";
import { artists, releases, tracks } from "./refs.js";
import { releaseTypeFilter } from "./release-type.graph.js";
import { byWindow, foundRelease, listedArtist, listedTrack } from "./included-fields.graph.js";

const score = "How well it matches the words, on 7digital's own scale. Null outside searches.";
const popularity = "How popular it is, from 0 to 1. Null in lists that do not include it.";

builder.objectFields(artists.edge, (t) => ({
  score: t.float({ description: score, resolve: ({ listed }) => readable(listed.score) }),
  popularity: t.float({ description: popularity, resolve: ({ listed }) => readable(listed.item.popularity) }),
}));
builder.objectFields(releases.edge, (t) => ({
  score: t.float({ description: score, resolve: ({ listed }) => readable(listed.score) }),
  popularity: t.float({ description: popularity, resolve: ({ listed }) => readable(listed.item.popularity) }),
}));
builder.objectField(tracks.edge, "score", (t) => t.float({ description: score, resolve: ({ listed }) => readable(listed.score) }));

const artistSearchSort = builder.enumType("ArtistSearchSort", {
  description: "In which order artists are found.",
  values: {
    SCORE_DESC: { value: "score desc", description: "Best match first." },
    POPULARITY_DESC: { value: "popularity desc", description: "Most popular first, however well it matches." },
    NAME_ASC: { value: "name asc", description: "By name, from A to Z." },
    NAME_DESC: { value: "name desc", description: "By name, from Z to A." },
  } as const,
});

const searchRef = builder.objectRef<{ readonly query: string }>("Search").implement({
  description: "What 7digital finds for some words. Each kind costs a call of its own, and only if it is asked for.",
  fields: (t) => ({
    artists: t.field({
      ...upstream(artistSearch, { list: byWindow, gives: listedArtist }),
      type: artists.connection,
      description: "Artists that match.",
      args: {
        sort: t.arg({ type: artistSearchSort, required: true, defaultValue: "score desc", description: "In which order." }),
        ...pagingArgs(),
      },
      resolve: ({ query }, { sort, ...paging }, { use }) => use(catalogue).read(artistSearch, { q: query, sort }, windowOf(paging)),
    }),
    releases: t.field({
      ...upstream(releaseSearch, { list: byWindow, gives: foundRelease }),
      type: releases.connection,
      description: "Releases that match, best match first.",
      args: {
        types: t.arg({ type: [releaseTypeFilter], description: "Only releases of these types. All types when left out or empty." }),
        ...pagingArgs(),
      },
      resolve: ({ query }, { types, ...paging }, { use }) =>
        use(catalogue).read(releaseSearch, { q: query, type: types?.length ? [...new Set(types)].sort() : undefined }, windowOf(paging)),
    }),
    tracks: t.field({
      ...upstream(trackSearch, { list: byWindow, gives: listedTrack }),
      type: tracks.connection,
      description: "Tracks that match, best match first.",
      args: pagingArgs(),
      resolve: ({ query }, paging, { use }) => use(catalogue).read(trackSearch, { q: query }, windowOf(paging)),
    }),
  }),
});

builder.queryField("search", (t) =>
  t.field({
    ...withoutCall({ nullOnlyWithError: true }),
    type: searchRef,
    description: "Searches the catalogue by words.",
    args: { query: t.arg.string({ required: true, description: "The words, at most 200 characters." }) },
    resolve: (_, { query }) => ({ query: parseSearchText("query", query) }),
  }),
);
