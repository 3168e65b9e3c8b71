/** What the API document shows about whole lists: their length and what stands first. */

import type { ChartKind } from "../../model.js";

interface DocumentedHits {
  readonly total: number;
  readonly first: number;
  readonly score: number;
}

/** By method and folded query. */
export const documentedSearches: Readonly<Record<"artist" | "release" | "track", Readonly<Record<string, DocumentedHits>>>> = {
  artist: { pink: { total: 24, first: 226, score: 21.4 } },
  release: { "no surprises": { total: 4393, first: 145882, score: 1.9242628 } },
  track: { happy: { total: 4386, first: 2855447, score: 2.8412051 } },
};

export const chartLeaders: Readonly<Record<ChartKind, { readonly id: number; readonly change: "Up" | "Down" | "New" }>> = {
  artist: { id: 162872, change: "Up" },
  release: { id: 484694, change: "New" },
  track: { id: 3540260, change: "Down" },
};

/** By release. */
export const documentedRecommendations: Readonly<Record<number, { readonly total: number; readonly first: readonly number[] }>> = {
  155408: { total: 10, first: [34281] },
};

/** How many artists' sort names start with a letter, where the document says it. */
export const artistsOfLetter = { letter: "p", total: 3256 } as const;

export const documentedTags = [
  { id: "pop", count: 90847 },
  { id: "rock", count: 52454 },
] as const;

export const tagTotal = 629;

/** Lengths of tag lists. "new" of rock shows release 416648 as the first of page 2 with 100 items a page. */
export const taggedReleases = { tag: "rock", total: 35451, newAt: { index: 100, id: 416648 } } as const;
export const taggedArtists = { tags: "2000s,pop,rock", total: 24 } as const;

/** The document asks from 10 June 2009 to 3 June 2009 and gets ten releases. */
export const documentedDays = { from: "20090603", to: "20090610", total: 10, first: 445267 } as const;

export const featuredAlbums = { country: "GB", key: "featured_albums", listId: 833, releases: [1136112, 1165337] } as const;
