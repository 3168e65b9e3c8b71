/** Names of the arithmetic artists, by rank: rank 0 is the first of the alphabet. Ranks are given out first word by first word
 *  and, within one, second part by second part, so the sort names rise with the rank and a word leads back to its ranks.
 *  Names of documented artists are not in here. */

import { documentedArtists } from "./documented/items.js";
import { artistsOfLetter } from "./documented/answers.js";
import { falls } from "./hash.js";
import { fold, wordsOf } from "./fold.js";
import { bandHeads, collectives, givenNames, plurals, surnameEndings, surnameRoots, things } from "./words/artist-words.js";

interface FirstWord {
  readonly text: string;
  readonly folded: string;
  readonly parts: readonly string[];
  /** How many of the parts are used: evenly spread ones where not all. */
  readonly used: number;
}

export interface ArtistName {
  readonly name: string;
  readonly sortName: string;
}

const articled = new Set(plurals);
const surnames = sorted(surnameRoots.flatMap((root) => surnameEndings.map((ending) => root + ending)));
const bandParts = sorted([
  "",
  ...plurals,
  ...plurals.map((plural) => `& The ${plural}`),
  ...things.flatMap((thing) => collectives.map((collective) => `${thing} ${collective}`)),
]);

/** Band names of these words are so many that the totals of the API document come out: 24 artists for "pink", 3256 for the
 *  letter p. */
const pinks = 23;
const remainderWord = "Pale";

const firstWords = withRemainder([
  ...givenNames.map((text) => firstWord(text, surnames, surnames.length)),
  ...bandHeads.map((text) => firstWord(text, bandParts, text === "Pink" ? pinks : bandParts.length)),
]).sort((a, b) => compare(a.folded, b.folded));

const starts = startsOf(firstWords);

export const arithmeticArtists = starts[starts.length - 1] ?? 0;

export function artistNameAt(rank: number): ArtistName {
  const index = indexOfRank(rank);
  const word = firstWords[index];
  if (word === undefined) throw new RangeError(`no artist has rank ${rank}`);
  const part = word.parts[partAt(word, rank - (starts[index] ?? 0))] ?? "";
  const name = part === "" ? word.text : `${word.text} ${part}`;
  // Only plural nouns take an article: "The Arctic Wolves". None of them begins another part, so the order holds.
  if (articled.has(part) && falls(11, rank, 2)) return { name: `The ${name}`, sortName: `${name}, The` };
  return { name: falls(12, rank, 400) ? `${name} ` : name, sortName: name };
}

/** Ranks of the artists whose names carry the word, those who begin with it first. Empty for words not in the vocabulary. */
export function ranksWithWord(word: string): number[] {
  const ranks: number[] = [];
  for (const [index, first] of firstWords.entries())
    if (first.folded === word) for (let place = 0; place < first.used; place++) ranks.push((starts[index] ?? 0) + place);
  const isIn = new Map([surnames, bandParts].map((parts) => [parts, indexesWithWord(parts, word)]));
  for (const [index, first] of firstWords.entries()) {
    if (first.folded === word) continue;
    for (const part of isIn.get(first.parts) ?? []) {
      const place = placeOf(first, part);
      if (place !== undefined) ranks.push((starts[index] ?? 0) + place);
    }
  }
  return ranks;
}

function indexesWithWord(parts: readonly string[], word: string): number[] {
  const indexes: number[] = [];
  for (const [index, part] of parts.entries()) if (part !== "" && wordsOf(part).includes(word)) indexes.push(index);
  return indexes;
}

function firstWord(text: string, parts: readonly string[], used: number): FirstWord {
  return { text, folded: fold(text), parts, used };
}

function withRemainder(words: readonly FirstWord[]): FirstWord[] {
  const { letter, total } = artistsOfLetter;
  const documented = documentedArtists.filter((artist) => fold(artist.sortName ?? artist.name).startsWith(letter)).length;
  const others = words.filter((word) => word.folded.startsWith(letter) && word.text !== remainderWord);
  const remainder = total - documented - others.reduce((sum, word) => sum + word.used, 0);
  return words.map((word) => (word.text === remainderWord ? { ...word, used: remainder } : word));
}

/** Evenly spread over all parts. Pink's twenty-odd leave out the empty one: Pink alone is a documented artist. */
function partAt(word: FirstWord, place: number): number {
  return Math.floor(((place + 0.5) * word.parts.length) / word.used);
}

function placeOf(word: FirstWord, part: number): number | undefined {
  const place = Math.round(((part + 0.5) * word.used) / word.parts.length - 0.5);
  for (const candidate of [place, place - 1, place + 1])
    if (candidate >= 0 && candidate < word.used && partAt(word, candidate) === part) return candidate;
  return undefined;
}

function indexOfRank(rank: number): number {
  let [low, high] = [0, firstWords.length];
  while (low + 1 < high) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] ?? 0) <= rank) low = middle;
    else high = middle;
  }
  return low;
}

function startsOf(words: readonly FirstWord[]): readonly number[] {
  const result = [0];
  for (const word of words) result.push((result[result.length - 1] ?? 0) + word.used);
  return result;
}

function sorted(parts: readonly string[]): readonly string[] {
  return [...parts].sort((a, b) => compare(fold(a), fold(b)));
}

/** By code unit, so that the order does not depend on the machine's locale. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
