/** Who sits where: artists, releases and tracks in their arithmetic order, with the way between parents and children and
 *  between seats and ids. Every cross link of the catalogue is answered here, so it holds both ways. */

import type { DocumentedArtist, DocumentedRelease, DocumentedTrack } from "./documented/entry.js";
import { documentedArtists, documentedReleases, documentedTrack } from "./documented/items.js";
import { grouping } from "./grouping.js";
import { arithmeticArtists } from "./artist-names.js";
import { permutation } from "./permutation.js";
import { discOf, releaseCounts, shapes, type Shape } from "./shapes.js";

/** Seats below these are documented artists and their releases. */
export const firstArithmeticArtist = documentedArtists.length;
export const firstArithmeticRelease = documentedReleases.length;

/** Artists and their releases. */
export const discographies = grouping(
  firstArithmeticArtist + arithmeticArtists,
  documentedArtists.map((artist) => artist.releaseCount),
  releaseCounts,
);

/** Releases and their tracks. */
export const tracklists = grouping(
  discographies.children,
  documentedReleases.map((_, seat) => shapeOf(seat).trackCount),
  shapes.map((shape) => shape.trackCount),
);

export const artistIds = permutation(discographies.parents, 177_013, new Map(documentedArtists.map((artist, seat) => [seat, artist.id])));

export const releaseIds = permutation(discographies.children, 766_091, new Map(pinnedReleases()));

/** A small stride keeps the tracks of a release near each other, as 7digital's are. */
export const trackIds = permutation(tracklists.children, 3, new Map(pinnedTracks()));

export function shapeOf(releaseSeat: number): Shape {
  const documented = documentedReleases[releaseSeat];
  if (releaseSeat >= documentedReleases.length) return shapeInPattern(releaseSeat - documentedReleases.length);
  const filler = shapeInPattern(releaseSeat);
  return documented === undefined ? filler : { type: documented.type ?? filler.type, trackCount: documented.trackCount };
}

function shapeInPattern(place: number): Shape {
  return shapes[place % shapes.length] ?? { type: "Album", trackCount: 10 };
}

export function discOfTrack(releaseSeat: number, trackSeat: number): { readonly disc: number; readonly number: number } {
  return discOf(shapeOf(releaseSeat).trackCount, trackSeat - tracklists.firstOf(releaseSeat));
}

export function documentedArtistAt(seat: number): DocumentedArtist | undefined {
  return documentedArtists[seat];
}

export function documentedReleaseAt(seat: number): DocumentedRelease | undefined {
  return documentedReleases[seat];
}

export function documentedTrackAt(releaseSeat: number, trackSeat: number): DocumentedTrack | undefined {
  return documentedTrack(documentedReleases[releaseSeat], trackSeat - tracklists.firstOf(releaseSeat));
}

function* pinnedReleases(): Generator<[number, number]> {
  for (const [seat, release] of documentedReleases.entries()) if (release?.id !== undefined) yield [seat, release.id];
}

function* pinnedTracks(): Generator<[number, number]> {
  for (const [seat, release] of documentedReleases.entries())
    for (const track of release?.tracks ?? []) if (track.id !== undefined) yield [tracklists.firstOf(seat) + track.number - 1, track.id];
}
