/** Artists by the beginning of their sort name, in the order of the alphabet. Names are compared without accents and case, by
 *  code unit. An article does not count: "The Arctic Wolves" stands under "a", and "the a" finds nothing. */

import { documentedArtists } from "./documented/items.js";
import { arithmeticArtists, artistNameAt, compare } from "./artist-names.js";
import { firstArithmeticArtist } from "./seating.js";
import { fold } from "./fold.js";

interface Placed {
  readonly seat: number;
  readonly folded: string;
  /** The rank of the arithmetic artist it stands before. */
  readonly before: number;
}

const placed: readonly Placed[] = documentedArtists
  .map((artist, seat) => ({ seat, folded: fold(artist.sortName ?? artist.name) }))
  .map((artist) => ({ ...artist, before: firstRankFrom(artist.folded) }))
  .sort((a, b) => compare(a.folded, b.folded));

/** Seats of the artists that begin with the letters: how many, and each by its place. */
export function artistsUnder(letters: string): { readonly total: number; seatAt(index: number): number } {
  const prefix = fold(letters);
  const first = firstRankFrom(prefix);
  const ranks = firstRankFrom(`${prefix}\uffff`) - first;
  const documented = placed.filter((artist) => artist.folded.startsWith(prefix));
  return {
    total: ranks + documented.length,
    seatAt(index) {
      let passed = 0;
      for (const artist of documented) {
        const place = artist.before - first + passed;
        if (place === index) return artist.seat;
        if (place > index) break;
        passed++;
      }
      return firstArithmeticArtist + first + index - passed;
    },
  };
}

function firstRankFrom(folded: string): number {
  let [low, high] = [0, arithmeticArtists];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (fold(artistNameAt(middle).sortName) < folded) low = middle + 1;
    else high = middle;
  }
  return low;
}
