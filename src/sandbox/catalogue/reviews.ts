/** What editors write about releases: a review of about one in three, and a line that advertises one in nine. */

import type { Editorial, Release } from "../model.js";
import { falls, pick } from "./hash.js";
import { releaseIds } from "./seating.js";

/** Has both texts whatever the arithmetic says: the release that the API document describes most often. */
const always = 155408;

const openings = [
  "{artist} return with {title}, and take their time about it.",
  "Few records begin as quietly as {title}, or end as far from where they began.",
  "{title} is the sound of {artist} leaving the door open.",
  "It took one listen to know that {title} would stay with us for the year.",
] as const;
const middles = [
  "The songs are short & the silences between them count.",
  "There is more {tag} in here than they would admit.",
  "The first half is all nerves, the second all warmth.",
  "Nothing is louder than it has to be.",
] as const;
const endings = ["Start with track two.", "Play it twice.", "Best heard on a night train.", "Their finest in years."] as const;
const promotions = [
  "Includes a digital booklet",
  "Pre-order now and hear the first track today",
  "Our album of the month",
  "Only here: two more tracks",
] as const;

export function editorialOf(release: Release): Editorial {
  const seat = releaseIds.seatOf(release.id) ?? 0;
  const isAlways = release.id === always;
  return {
    review: isAlways || falls(851, seat, 3) ? reviewOf(release, seat) : null,
    promotionalText: isAlways || falls(852, seat, 9) ? pick(promotions, 853, seat) : null,
  };
}

function reviewOf({ title, appearsAs, tags }: Release, seat: number): string {
  const sentences = [pick(openings, 854, seat), pick(middles, 855, seat), pick(endings, 856, seat)].join(" ");
  return sentences
    .replaceAll("{title}", () => title.trim())
    .replaceAll("{artist}", () => appearsAs.trim())
    .replaceAll("{tag}", () => (tags[0] ?? "pop").replaceAll("-", " "));
}
