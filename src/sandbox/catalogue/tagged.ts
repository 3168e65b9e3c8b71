/** Artists and releases by tag. A release has its artist's tags, so both are found through the styles that carry the tags. The
 *  lists are as long as the tag's count says at most: of the count a third are artists, two thirds releases. */

import { taggedArtists, taggedReleases } from "./documented/answers.js";
import { documentedArtists, documentedReleases } from "./documented/items.js";
import { artistPopularity, seatsOfStyles } from "./artists.js";
import { isReleaseAvailable } from "./availability.js";
import { datePlaceOf } from "./dates.js";
import { sortedFalling } from "./ranking.js";
import { discographies, releaseIds } from "./seating.js";
import { releasePopularity } from "./releases.js";
import { stylesWith, tagById } from "./tags.js";

const releaseShare = taggedReleases.total / 52454;

/** Ids of the tags. An unknown one beside known ones stays as it is: nothing carries it. */
function idsOf(tags: readonly string[]): readonly string[] {
  return tags.map((tag) => tagById(tag)?.id ?? tag);
}

/** Seats, most popular first. */
export function artistSeatsTagged(tags: readonly string[]): number[] {
  const ids = idsOf(tags);
  const limit = [...ids].sort().join() === taggedArtists.tags ? taggedArtists.total : limitOf(ids, 1 - releaseShare);
  const seats = documentedArtists.flatMap((artist, seat) => (ids.every((id) => artist.tags.includes(id)) ? [seat] : []));
  for (const seat of seatsOfStyles(stylesWith(ids))) {
    if (seats.length >= limit) break;
    seats.push(seat);
  }
  return sortedFalling(seats, (seat) => hundredths(artistPopularity(seat)));
}

/** Seats, the most popular or the latest first. */
export function releaseSeatsTagged(tags: readonly string[], order: "new" | "top", country: string): number[] {
  const ids = idsOf(tags);
  const limit = ids.length === 1 && ids[0] === taggedReleases.tag ? taggedReleases.total : limitOf(ids, releaseShare);
  const seats = documentedWith(ids);
  for (const artist of seatsOfStyles(stylesWith(ids))) {
    if (seats.length >= limit) break;
    const first = discographies.firstOf(artist);
    for (let seat = first; seat < first + discographies.countOf(artist) && seats.length < limit; seat++)
      if (isReleaseAvailable(seat, country)) seats.push(seat);
  }
  return order === "top"
    ? sortedFalling(seats, (seat) => hundredths(releasePopularity(seat)))
    : withShownPlace(sortedFalling(seats, datePlaceOf), ids);
}

function documentedWith(ids: readonly string[]): number[] {
  return documentedReleases.flatMap((release, seat) => {
    const tags = release?.tags ?? documentedArtists[discographies.parentOf(seat)]?.tags ?? [];
    return ids.every((id) => tags.includes(id)) ? [seat] : [];
  });
}

/** The API document shows In Stereo at the top of the second page of a hundred; its date alone would put it elsewhere. */
function withShownPlace(seats: number[], ids: readonly string[]): number[] {
  const shown = releaseIds.seatOf(taggedReleases.newAt.id);
  if (ids.length !== 1 || ids[0] !== taggedReleases.tag || shown === undefined) return seats;
  const others = seats.filter((seat) => seat !== shown);
  others.splice(taggedReleases.newAt.index, 0, shown);
  return others;
}

function limitOf(ids: readonly string[], share: number): number {
  return Math.round(Math.min(...ids.map((id) => tagById(id)?.count ?? 0)) * share);
}

function hundredths(popularity: number): number {
  return Math.round(popularity * 100);
}
