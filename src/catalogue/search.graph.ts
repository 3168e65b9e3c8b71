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

const score = "How well the item matches the search, on 7digital's own scale. Null in lists that are not search results.";
const popularity = "Popularity of the item, from 0 to 1. Null in lists that do not include it.";
const popularityElsewhere = `${popularity} ` + "`popularity` of the release has it there too, for a call.";

builder.objectFields(artists.edge, (t) => ({
  score: t.float({ description: score, resolve: ({ listed }) => readable(listed.score) }),
  popularity: t.float({ description: popularity, resolve: ({ listed }) => readable(listed.item.popularity) }),
}));
builder.objectFields(releases.edge, (t) => ({
  score: t.float({ description: score, resolve: ({ listed }) => readable(listed.score) }),
  popularity: t.float({ description: popularityElsewhere, resolve: ({ listed }) => readable(listed.item.popularity) }),
}));
builder.objectField(tracks.edge, "score", (t) => t.float({ description: score, resolve: ({ listed }) => readable(listed.score) }));

const artistSearchSort = builder.enumType("ArtistSearchSort", {
  description: "Sort order of artists in search results.",
  values: {
    SCORE_DESC: { value: "score desc", description: "Best match first." },
    POPULARITY_DESC: { value: "popularity desc", description: "Most popular first." },
    NAME_ASC: { value: "name asc", description: "By name, from A to Z." },
    NAME_DESC: { value: "name desc", description: "By name, from Z to A." },
  } as const,
});

const searchRef = builder.objectRef<{ readonly query: string }>("Search").implement({
  description: "Search results, one list for each kind. Each list that you select costs a call.",
  fields: (t) => ({
    artists: t.field({
      ...upstream(artistSearch, { list: byWindow, gives: listedArtist }),
      type: artists.connection,
      description: "Artists that match.",
      args: {
        sort: t.arg({ type: artistSearchSort, required: true, defaultValue: "score desc", description: "Sort order." }),
        ...pagingArgs(),
      },
      resolve: ({ query }, { sort, ...paging }, { use }) => use(catalogue).read(artistSearch, { q: query, sort }, windowOf(paging)),
    }),
    releases: t.field({
      ...upstream(releaseSearch, { list: byWindow, gives: foundRelease }),
      type: releases.connection,
      description: "Releases that match, best match first.",
      args: {
        types: t.arg({ type: [releaseTypeFilter], description: "Return only releases of these types. If null or empty, all types." }),
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
    description: "Search in the catalogue. Cost is that of the lists you select.",
    args: { query: t.arg.string({ required: true, description: "Words to search for, at most 200 characters." }) },
    resolve: (_, { query }) => ({ query: parseSearchText("query", query) }),
  }),
);
