/** Finds artists, releases and tracks by words.
 *
 *  First come documented items whose title or name carries the query, then items of the artists that are called exactly so, then
 *  titles that carry all words, then titles that carry one. A hit's text carries a word of the query whenever a word of it is in
 *  the vocabulary the catalogue is made of. For all other queries the hits are picked by chance and carry nothing of the query:
 *  a sandbox that knew no answer would be of less use than one that makes some up. Only a query of z's alone finds nothing.
 *  A list is cut at a length chosen by the query, at most 5000. All answers are seats. */

import type { ReleaseType } from "../model.js";
import { documentedSearches } from "./documented/answers.js";
import { documentedArtists, documentedReleases } from "./documented/items.js";
import { arithmeticArtists, artistNameAt, ranksWithWord } from "./artist-names.js";
import { isReleaseAvailable, isTrackAvailable } from "./availability.js";
import { fraction, hash, hashOfText } from "./hash.js";
import { releaseTitleAt, releaseTitles } from "./releases.js";
import {
  artistIds,
  discographies,
  firstArithmeticArtist,
  releaseIds,
  shapeOf,
  documentedReleaseAt,
  trackIds,
  tracklists,
} from "./seating.js";
import { trackTitleAt, trackTitles } from "./tracks.js";
import { fold, wordsOf } from "./fold.js";
import type { Titles } from "./titles.js";

/** Seats of the releases and tracks whose titles are in the API document. */
const documentedReleaseSeats = documentedReleases.flatMap((release, seat) => (release === undefined ? [] : [seat]));
const documentedTrackSeats = documentedReleaseSeats.flatMap((seat) =>
  (documentedReleaseAt(seat)?.tracks ?? []).flatMap((track) =>
    track.title === undefined ? [] : [tracklists.firstOf(seat) + track.number - 1],
  ),
);

/** How many titles are read for a word, and among how many seats a pair of words is looked for: a search must not take long. */
const longestWalk = 10_000;
const mostSeats = 1_500_000;

interface Query {
  readonly text: string;
  readonly words: readonly string[];
  readonly salt: number;
}

/** Each word is looked for in thousands of titles, so only the first ones count. */
const mostWords = 8;

function queryOf(text: string): Query | null {
  const folded = fold(text);
  const words = [...new Set(wordsOf(folded))].slice(0, mostWords);
  return /^z{4,}$/.test(folded) ? null : { text: folded, words, salt: hashOfText(words.join(" ")) };
}

/** Mostly short lists, some long ones. */
function limitOf(method: "artist" | "release" | "track", query: Query): number {
  const documentedSearch = documentedSearches[method][query.text];
  return documentedSearch?.total ?? 12 + Math.floor(4988 * fraction(query.salt, 701) ** 2);
}

/** Falling from the first hit on; the documented first scores are kept. */
export function scoreAt(method: "artist" | "release" | "track", text: string, index: number): number {
  const query = fold(text);
  const best = documentedSearches[method][query]?.score ?? 2 + 20 * fraction(hashOfText(query), 702);
  return Number((best / (1 + (index === 0 ? 0 : 0.02) + index * 0.004)).toFixed(7));
}

export function findArtists(text: string): number[] {
  const query = queryOf(text);
  if (query === null) return [];
  const limit = limitOf("artist", query);
  const found = collection(limit, () => true);
  found.add(artistIds.seatOf(documentedSearches.artist[query.text]?.first ?? 0));
  found.addAll(documentedArtistSeats(query));
  found.addAll(arithmeticArtistSeats(query));
  found.orElse(query, artistIds.size);
  return found.seats;
}

export function findReleases(text: string, types: readonly ReleaseType[] | null, country: string): number[] {
  const query = queryOf(text);
  if (query === null) return [];
  const found = collection(
    limitOf("release", query),
    (seat) => isReleaseAvailable(seat, country) && (types === null || types.includes(shapeOf(seat).type)),
  );
  found.add(releaseIds.seatOf(documentedSearches.release[query.text]?.first ?? 0));
  found.addAll(namedSeats(documentedReleaseSeats, releaseTitleAt, query));
  found.addAll(releasesOfNamesakes(query));
  found.addAll(titled(query, releaseTitles, releaseIds.size, releaseTitleAt));
  found.orElse(query, releaseIds.size);
  return found.seats;
}

export function findTracks(text: string, country: string): number[] {
  const query = queryOf(text);
  if (query === null) return [];
  const found = collection(limitOf("track", query), (seat) => isTrackAvailable(seat, country));
  found.add(trackIds.seatOf(documentedSearches.track[query.text]?.first ?? 0));
  found.addAll(namedSeats(documentedTrackSeats, trackTitleAt, query));
  for (const release of releasesOfNamesakes(query))
    found.addAll(range(tracklists.firstOf(release), Math.min(10, tracklists.countOf(release))));
  found.addAll(titled(query, trackTitles, trackIds.size, trackTitleAt));
  found.orElse(query, trackIds.size);
  return found.seats;
}

interface Collection {
  readonly seats: number[];
  add(seat: number | undefined): void;
  addAll(seats: Iterable<number>): void;
  /** Chance hits, where there are no others. */
  orElse(query: Query, size: number): void;
}

/** Keeps the first of each seat that is fit, up to a limit. */
function collection(limit: number, isFit: (seat: number) => boolean): Collection {
  const seats: number[] = [];
  const seen = new Set<number>();
  const add = (seat: number | undefined): void => {
    if (seat === undefined || seen.has(seat) || seats.length >= limit || !isFit(seat)) return;
    seen.add(seat);
    seats.push(seat);
  };
  const addAll = (more: Iterable<number>): void => {
    for (const seat of more) {
      if (seats.length >= limit) return;
      add(seat);
    }
  };
  return {
    seats,
    add,
    addAll,
    orElse(query, size) {
      if (seats.length > 0) return;
      for (let step = 0; step < 60 && seats.length < 1 + (query.salt % 40); step++) add(hash(query.salt, 703, step) % size);
    },
  };
}

function documentedArtistSeats(query: Query): number[] {
  return documentedArtists.flatMap((artist, seat) => (carries(artist.name, query) ? [seat] : []));
}

function arithmeticArtistSeats(query: Query): number[] {
  const ranksByWord = query.words.map((word) => ranksWithWord(word)).filter((ranks) => ranks.length > 0);
  const [first = [], ...others] = ranksByWord;
  const sets = others.map((ranks) => new Set(ranks));
  const all = first.filter((rank) => sets.every((set) => set.has(rank)));
  return [...all, ...ranksByWord.flat()].map((rank) => rank + firstArithmeticArtist);
}

/** Releases of artists whose whole name is the query. */
function releasesOfNamesakes(query: Query): number[] {
  const documented = documentedArtistSeats(query);
  const arithmetic =
    query.words.length < 2
      ? []
      : arithmeticArtistSeats(query)
          .slice(0, 50)
          .filter((seat) => isCalled(seat, query));
  return [...documented, ...arithmetic].flatMap((seat) => range(discographies.firstOf(seat), discographies.countOf(seat)));
}

function isCalled(seat: number, query: Query): boolean {
  const { name } = artistNameAt((seat - firstArithmeticArtist) % arithmeticArtists);
  return wordsOf(name).join(" ") === query.words.join(" ");
}

function namedSeats(seats: readonly number[], titleAt: (seat: number) => string, query: Query): number[] {
  return seats.filter((seat) => carries(titleAt(seat), query));
}

/** Titles with all the words, then titles with one of them. */
function* titled(query: Query, titles: Titles, size: number, titleAt: (seat: number) => string): Generator<number> {
  if (query.words.length > 1)
    for (const seat of titles.closeCandidates(query.words, Math.min(size, mostSeats))) if (carries(titleAt(seat), query)) yield seat;
  for (const word of [...query.words].reverse()) {
    let looked = 0;
    for (const seat of titles.candidates(word, size)) {
      // Some words stand in few of the titles they may stand in: "21" in one of twelve.
      if (++looked > longestWalk) break;
      const title = titleAt(seat);
      // The cheap look first: most titles that do not carry the word do not carry its letters either.
      if (fold(title).includes(word) && wordsOf(title).includes(word)) yield seat;
    }
  }
}

function carries(text: string, query: Query): boolean {
  const words = wordsOf(text);
  return query.words.length > 0 && query.words.every((word) => words.includes(word));
}

function range(start: number, count: number): number[] {
  return Array.from({ length: count }, (_, step) => start + step);
}
