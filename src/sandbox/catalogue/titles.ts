/** Titles of releases and tracks from their seats, and the way back from a word to the seats whose titles carry it. */

import { deck, type Deck } from "./deck.js";
import { falls, hash, pick } from "./hash.js";
import { wordsOf } from "./fold.js";
import { permutation } from "./permutation.js";
import { nouns, qualities, wholeTitles } from "./words/title-words.js";

/** Releases and tracks draw from the same words, each from decks of their own. */
export interface Titles {
  titleAt(seat: number): string;
  /** Seats whose title may carry the word, as long as they are asked for; whether it does is for the title to tell. */
  candidates(word: string, seats: number): Generator<number>;
  /** Seats whose title may carry several of the words. */
  closeCandidates(words: readonly string[], seats: number): Generator<number>;
}

const qualityCards = qualities.length + wholeTitles.length;
const qualityPlaces = placesOf([...qualities.map((word) => [word]), ...wholeTitles]);
const nounPlaces = placesOf(nouns.map((word) => [word]));

export function titles(salt: number): Titles {
  const qualityDeck = deck(qualityCards, salt);
  const nounDeck = deck(nouns.length, salt + 2);
  return {
    titleAt(seat) {
      const card = qualityDeck.cardAt(seat);
      const whole = wholeTitles[card - qualities.length];
      if (whole !== undefined) return pick(whole, salt + 4, seat);
      const title = composed(qualities[card] ?? "", nouns[nounDeck.cardAt(seat)] ?? "", salt, seat);
      return falls(salt + 5, seat, 300) ? `${title} ` : title;
    },
    *candidates(word, seats) {
      yield* cards(qualityDeck, qualityCards, qualityPlaces.get(word), seats);
      yield* cards(nounDeck, nouns.length, nounPlaces.get(word), seats);
    },
    *closeCandidates(words, seats) {
      const places = new Set(words.flatMap((word) => [...(nounPlaces.get(word) ?? [])]));
      for (const word of words)
        for (const seat of cards(qualityDeck, qualityCards, qualityPlaces.get(word), seats))
          if (places.has(nounDeck.cardAt(seat))) yield seat;
    },
  };
}

const verbs = ["Forget", "Wait For", "Stop", "Leave", "Blame", "Lose", "Follow", "Wake"] as const;

/** The form a title takes. Each carries the noun or the quality, most carry both. */
function composed(quality: string, noun: string, salt: number, seat: number): string {
  const form = hash(salt + 8, seat) % 15;
  if (form < 5) return `${quality} ${noun}`;
  if (form === 5) return noun;
  if (form === 6) return quality;
  if (form === 7) return `The ${noun}`;
  if (form === 8) return `The ${quality} ${noun}`;
  if (form === 9) return `In The ${quality} ${noun}`;
  if (form === 10) return `Don't ${pick(verbs, salt + 9, seat)} The ${noun}`;
  if (form === 11) return `${quality} (${noun} Pt. ${1 + (hash(salt + 7, seat) % 3)})`;
  const other = pick(nouns, salt + 6, seat);
  if (form === 12) return `${noun} & ${other}`;
  return form === 13 ? `${noun}${noun.endsWith("s") ? "'" : "'s"} ${other}` : `${quality} ${noun} Of ${other}`;
}

/** Run by run in a scattered order, so that the hits of a word are not all by artists who begin with an A. The last run, which
 *  is not a whole one, is left out. */
function* cards(from: Deck, size: number, places: ReadonlySet<number> | undefined, seats: number): Generator<number> {
  if (places === undefined) return;
  const runs = permutation(Math.floor(seats / size), 7919);
  for (let step = 0; step < runs.size; step++) for (const place of places) yield from.seatWith(place, runs.idOf(step) - 1);
}

function placesOf(cardTexts: readonly (readonly string[])[]): ReadonlyMap<string, ReadonlySet<number>> {
  const places = new Map<string, Set<number>>();
  for (const [place, texts] of cardTexts.entries())
    for (const text of texts) for (const word of wordsOf(text)) places.set(word, (places.get(word) ?? new Set()).add(place));
  return places;
}

/** Mostly none. */
export function trackVersionAt(trackSeat: number): string {
  const versions = [
    "Radio Edit",
    "Live",
    "Album Version",
    "Remastered 2009",
    "Instrumental",
    "Acoustic",
    "Extended Mix",
    "Club Remix",
    "Demo",
  ];
  return falls(91, trackSeat, 6) ? pick(versions, 92, trackSeat) : "";
}

export function releaseVersionAt(releaseSeat: number): string {
  const versions = ["Deluxe Edition", "UK", "Remastered", "Live", "Special Edition", "Bonus Track Version", "Remixes"];
  return falls(93, releaseSeat, 8) ? pick(versions, 94, releaseSeat) : "";
}
