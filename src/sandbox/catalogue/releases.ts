/** Makes a release from a seat: what the API document says about it, and arithmetic for the rest. */

import type { Release } from "../model.js";
import { artistPopularity, nameOf, styleOf } from "./artists.js";
import { barcodeAt, labelAt, licensorAt } from "./codes.js";
import { addedDateAt, originalYearAt, releaseDateAt } from "./dates.js";
import { eraAt, formatsAt } from "./formats.js";
import { falls, fraction, hash } from "./hash.js";
import { artistIds, discographies, releaseIds, shapeOf, documentedReleaseAt } from "./seating.js";
import { slugOf } from "./fold.js";
import { releaseVersionAt, titles } from "./titles.js";
import { arithmeticArtists, artistNameAt } from "./artist-names.js";

export const releaseTitles = titles(100);

export function releaseAt(seat: number): Release {
  const made = arithmeticRelease(seat);
  const documented = documentedReleaseAt(seat);
  if (documented === undefined) return made;
  // What the document shows comes in the shape of its time, and the sleeves of its examples name no guests.
  return {
    ...made,
    version: documented.version ?? made.version,
    barcode: documented.barcode ?? made.barcode,
    year: documented.year ?? made.year,
    explicit: documented.explicit ?? made.explicit,
    slug: documented.slug ?? made.slug,
    releaseDate: documented.releaseDate ?? made.releaseDate,
    addedDate: documented.addedDate ?? documented.releaseDate ?? made.addedDate,
    label: documented.label ?? made.label,
    licensor: documented.licensor ?? made.licensor,
    tags: documented.tags ?? made.tags,
    appearsAs: nameOf(discographies.parentOf(seat)).name,
    formats: formatsAt(seat, made.type, "price"),
    era: "price",
  };
}

function arithmeticRelease(seat: number): Release {
  const artistSeat = discographies.parentOf(seat);
  const style = styleOf(artistSeat);
  const { type, trackCount } = shapeOf(seat);
  const era = eraAt(seat);
  const title = releaseTitleAt(seat);
  const label = labelAt(artistSeat, seat);
  return {
    id: releaseIds.idOf(seat),
    title,
    version: releaseVersionAt(seat),
    type,
    barcode: barcodeAt(seat),
    year: originalYearAt(seat, style.decade),
    explicit: falls(101, seat, 18),
    artistId: artistIds.idOf(artistSeat),
    appearsAs: creditAt(nameOf(artistSeat).name, seat),
    slug: slugOf(title),
    releaseDate: releaseDateAt(seat),
    addedDate: addedDateAt(seat),
    formats: formatsAt(seat, type, era),
    label,
    licensor: licensorAt(label.id, seat),
    popularity: releasePopularity(seat, artistSeat),
    trackCount,
    tags: style.tags,
    era,
  };
}

export function releaseTitleAt(seat: number): string {
  const documented = documentedReleaseAt(seat);
  if (documented !== undefined) return documented.title;
  const title = releaseTitles.titleAt(seat);
  const { type, trackCount } = shapeOf(seat);
  return type === "Single" && trackCount === 4 && falls(102, seat, 2) ? `${title.trim()} E.P` : title;
}

export function releasePopularity(seat: number, artistSeat = discographies.parentOf(seat)): number {
  const documented = documentedReleaseAt(seat)?.popularity;
  if (documented !== undefined) return documented;
  const artist = artistPopularity(artistSeat);
  return artist === 0 ? 0 : Math.max(1, Math.round(100 * artist * (0.3 + 0.7 * fraction(103, seat)))) / 100;
}

/** Some sleeves name a guest. */
function creditAt(name: string, seat: number): string {
  return falls(104, seat, 25) ? `${name.trim()} feat. ${guestAt(seat)}` : name;
}

export function guestAt(seat: number): string {
  return artistNameAt(hash(105, seat) % arithmeticArtists).name.trim();
}
