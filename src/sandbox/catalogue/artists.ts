/** Makes an artist from a seat. */

import type { Artist } from "../model.js";
import { artistNameAt, type ArtistName } from "./artist-names.js";
import { falls } from "./hash.js";
import { permutation } from "./permutation.js";
import { artistIds, discographies, firstArithmeticArtist, documentedArtistAt } from "./seating.js";
import { slugOf } from "./fold.js";
import { styleCount, styles, type Style } from "./tags.js";

/** Ids of this order are places: 1 is the most popular arithmetic artist. */
const order = permutation(discographies.parents - firstArithmeticArtist, 111_847);

/** Documented artists tell their own popularity, up to 0.8; the others stay below the best of them. */
const highest = 0.79;

export function artistAt(seat: number): Artist {
  const { name, sortName } = nameOf(seat);
  return {
    id: artistIds.idOf(seat),
    name,
    sortName,
    slug: slugOf(name),
    hasImage: seat < firstArithmeticArtist || !falls(71, seat, 20),
    era: seat >= firstArithmeticArtist && falls(72, seat, 5) ? "packages" : "price",
    popularity: artistPopularity(seat),
    tags: styleOf(seat).tags,
  };
}

export function nameOf(seat: number): ArtistName {
  const documented = documentedArtistAt(seat);
  return documented === undefined
    ? artistNameAt(seat - firstArithmeticArtist)
    : { name: documented.name, sortName: documented.sortName ?? documented.name };
}

/** Two decimals, as the API shows it; 0 for the least popular twelfth. */
export function artistPopularity(seat: number): number {
  const documented = documentedArtistAt(seat);
  if (documented !== undefined) return documented.popularity;
  const share = 1 - popularityPlace(seat) / order.size;
  return share < 1 / 12 ? 0 : Math.max(1, Math.round(100 * highest * share ** 4)) / 100;
}

export function styleOf(seat: number): Style {
  const documented = documentedArtistAt(seat);
  if (documented !== undefined) return { tags: documented.tags, decade: null };
  return styles[popularityPlace(seat) % styleCount] ?? { tags: [], decade: null };
}

/** Seats of the arithmetic artists of the given styles, most popular first, lazily. */
export function* seatsOfStyles(places: readonly number[]): Generator<number> {
  for (let run = 0; run * styleCount < order.size; run++)
    for (const place of places) {
      const at = run * styleCount + place;
      if (at < order.size) yield seatAtPlace(at);
    }
}

/** Place 0 is the most popular arithmetic artist. */
export function seatAtPlace(place: number): number {
  return (order.seatOf(place + 1) ?? 0) + firstArithmeticArtist;
}

export const rankedArtists = order.size;

/** Only for arithmetic artists. */
export function popularityPlace(seat: number): number {
  return order.idOf(seat - firstArithmeticArtist) - 1;
}
