/** The lists of the editorial team. Each exists in every country under another id; promotions are empty in some. */

import { featuredAlbums } from "./documented/answers.js";
import { isReleaseAvailable } from "./availability.js";
import { seatAtPlace } from "./artists.js";
import { seatsOfPreOrders } from "./dates.js";
import { hash, hashOfText } from "./hash.js";
import { discographies, releaseIds, tracklists } from "./seating.js";

export interface EditorialSeat {
  readonly type: "artist" | "release" | "track";
  readonly seat: number;
}

const staff = "staff_recommendations";

/** Keys and lengths. @see API document, "editorial/list" */
const lengths: Readonly<Record<string, { readonly least: number; readonly most: number }>> = {
  featured_albums: { least: 2, most: 6 },
  new_releases: { least: 12, most: 24 },
  promo_selection: { least: 0, most: 48 },
  preorders: { least: 1, most: 6 },
  [staff]: { least: 6, most: 12 },
};

export function editorialSeats(
  key: string,
  country: string,
): { readonly id: number; readonly items: readonly EditorialSeat[] } | undefined {
  const length = Object.hasOwn(lengths, key) ? lengths[key] : undefined;
  if (length === undefined) return undefined;
  if (key === featuredAlbums.key && country === featuredAlbums.country)
    return {
      id: featuredAlbums.listId,
      items: featuredAlbums.releases.map((id) => ({ type: "release", seat: releaseIds.seatOf(id) ?? 0 })),
    };
  const salt = hashOfText(`${key} ${country}`);
  const isEmpty = key === "promo_selection" && salt % 3 === 0;
  const count = isEmpty ? 0 : length.least + (salt % (length.most - length.least + 1));
  return {
    id: 900 + (salt % 9000),
    items: key === "preorders" ? preOrders(count, country) : chosenSeats({ salt, count, country, isMixed: key === staff }),
  };
}

export function preOrders(count: number, country: string): EditorialSeat[] {
  const items: EditorialSeat[] = [];
  for (const seat of seatsOfPreOrders()) {
    if (items.length === count) break;
    if (isReleaseAvailable(seat, country)) items.push({ type: "release", seat });
  }
  return items;
}

interface Choice {
  readonly salt: number;
  readonly count: number;
  readonly country: string;
  /** Also artists and tracks. */
  readonly isMixed: boolean;
}

/** Each from its own stretch of artists, so that none comes twice. What the staff recommends is off the beaten track, and not
 *  only releases. */
export function chosenSeats({ salt, count, country, isMixed }: Choice): EditorialSeat[] {
  const items: EditorialSeat[] = [];
  for (let step = 0; items.length < count; step++) {
    const artist = seatAtPlace((isMixed ? 40_000 : 0) + step * 50 + (hash(salt, step) % 50));
    const release = discographies.firstOf(artist) + (hash(salt, 1, step) % discographies.countOf(artist));
    if (!isReleaseAvailable(release, country)) continue;
    if (isMixed && step % 5 === 3) items.push({ type: "artist", seat: artist });
    else if (isMixed && step % 5 === 4) items.push({ type: "track", seat: tracklists.firstOf(release) });
    else items.push({ type: "release", seat: release });
  }
  return items;
}
