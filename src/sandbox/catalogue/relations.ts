/** What leads from one item to others: similar artists, recommended releases, an artist's best tracks. All answers are seats. */

import { documentedRecommendations } from "./documented/answers.js";
import { isReleaseAvailable, isTrackAvailable } from "./availability.js";
import { popularityPlace, rankedArtists, seatAtPlace } from "./artists.js";
import { hash } from "./hash.js";
import { artistIds, discographies, firstArithmeticArtist, releaseIds, documentedArtistAt, trackIds, tracklists } from "./seating.js";
import { styleCount } from "./tags.js";

/** Artists of the same style. Up to forty; a few artists have none. Documented artists take the style of some place. */
export function similarArtists(seat: number): number[] {
  const documented = documentedArtistAt(seat)?.similar;
  const total = documented?.total ?? hash(501, seat) % 41;
  const place = seat < firstArithmeticArtist ? hash(502, seat) % styleCount : popularityPlace(seat);
  const seats: number[] = (documented?.first ?? []).flatMap((id) => artistIds.seatOf(id) ?? []);
  const members = Math.floor((rankedArtists - 1 - (place % styleCount)) / styleCount) + 1;
  const own = Math.floor(place / styleCount);
  for (let step = 1; step < members && seats.length < total; step++) {
    const near = seatAtPlace((place % styleCount) + styleCount * ((own + step) % members));
    if (near !== seat) seats.push(near);
  }
  return seats;
}

const recommendations = 10;

/** A release of each of the similar artists; up to ten. */
export function recommendedReleases(artistSeat: number, releaseSeat: number | null, country: string): number[] {
  const documented = releaseSeat === null ? undefined : documentedRecommendations[releaseIds.idOf(releaseSeat)];
  const seats: number[] = (documented?.first ?? []).flatMap((id) => releaseIds.seatOf(id) ?? []);
  const similar = similarArtists(artistSeat);
  const wanted = documented?.total ?? recommendations;
  const more = similar.length < wanted ? neighbours(artistSeat, wanted) : [];
  for (const artist of [...similar, ...more]) {
    if (seats.length === wanted) break;
    const release = discographies.firstOf(artist) + (hash(503, releaseSeat ?? artistSeat, artist) % discographies.countOf(artist));
    if (isReleaseAvailable(release, country) && !seats.includes(release)) seats.push(release);
  }
  return seats;
}

/** For artists with few similar ones; twice as many as wanted, since some releases are not sold everywhere. */
function neighbours(artistSeat: number, wanted: number): number[] {
  return Array.from({ length: 2 * wanted }, (_, step) => (artistSeat + step + 1) % discographies.parents);
}

/** The best of each release, an artist's documented tracks first. Up to fifty. */
export function topTracks(artistSeat: number, country: string): number[] {
  const limit = documentedArtistAt(artistSeat)?.topTrackCount ?? 10 + (hash(504, artistSeat) % 41);
  const first = discographies.firstOf(artistSeat);
  const seats: number[] = [];
  for (let release = first; release < first + discographies.countOf(artistSeat); release++)
    for (let place = 0; place < Math.min(5, tracklists.countOf(release)); place++) {
      const seat = tracklists.firstOf(release) + place;
      if (isTrackAvailable(seat, country)) seats.push(seat);
    }
  const weight = (seat: number): number => (leaders.has(trackIds.idOf(seat)) ? -1 : hash(505, seat));
  return seats.sort((a, b) => weight(a) - weight(b)).slice(0, limit);
}

/** The API document shows this track first. */
const leaders: ReadonlySet<number> = new Set([1628043]);
