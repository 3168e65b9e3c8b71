/** Artists and releases by the slugs in the addresses of their pages. */

import { artistAt } from "./artists.js";
import { isReleaseAvailable } from "./availability.js";
import { artistsUnder } from "./browse.js";
import { releaseAt } from "./releases.js";
import { discographies } from "./seating.js";

/** Seats; a few artists share a slug. */
export function* artistSeatsWithSlug(slug: string): Generator<number> {
  // An article stands at the end of a sort name, and all that comes before the first dash at its beginning.
  const [first = ""] = slug.toLowerCase().replace(/^the-/, "").split("-");
  for (const letters of new Set([first, "the"])) {
    const found = artistsUnder(letters);
    for (let place = 0; place < found.total; place++) {
      const seat = found.seatAt(place);
      if (artistAt(seat).slug === slug.toLowerCase()) yield seat;
    }
  }
}

/** The seat of the first that is sold there; of one that is not where no other has the slug. */
export function releaseSeatWithSlug(artistSlug: string, releaseSlug: string, country: string): number | undefined {
  const found: number[] = [];
  for (const artist of artistSeatsWithSlug(artistSlug)) {
    const first = discographies.firstOf(artist);
    for (let seat = first; seat < first + discographies.countOf(artist); seat++)
      if (releaseAt(seat).slug === releaseSlug.toLowerCase()) found.push(seat);
  }
  return found.find((seat) => isReleaseAvailable(seat, country)) ?? found[0];
}
