/** Makes a track from a seat: what the API document says about it, and arithmetic for the rest. */

import type { Track } from "../model.js";
import { nameOf } from "./artists.js";
import { isrcAt } from "./codes.js";
import { originalYearAt } from "./dates.js";
import { eraAt } from "./formats.js";
import { falls, fraction, hash } from "./hash.js";
import { guestAt, releasePopularity, releaseTitleAt } from "./releases.js";
import {
  artistIds,
  discographies,
  discOfTrack,
  releaseIds,
  shapeOf,
  documentedReleaseAt,
  documentedTrackAt,
  trackIds,
  tracklists,
} from "./seating.js";
import { titles, trackVersionAt } from "./titles.js";

export const trackTitles = titles(200);

export function trackAt(seat: number): Track {
  const releaseSeat = tracklists.parentOf(seat);
  const artistSeat = discographies.parentOf(releaseSeat);
  const documented = documentedTrackAt(releaseSeat, seat);
  const { name } = nameOf(artistSeat);
  const release = documentedReleaseAt(releaseSeat);
  return {
    id: trackIds.idOf(seat),
    releaseId: releaseIds.idOf(releaseSeat),
    title: trackTitleAt(seat, releaseSeat),
    version: documented?.version ?? trackVersionAt(seat),
    artistId: artistIds.idOf(artistSeat),
    appearsAs: release === undefined && falls(201, seat, 30) ? `${name.trim()} feat. ${guestAt(seat)}` : name,
    ...discOfTrack(releaseSeat, seat),
    duration: documented?.duration ?? durationAt(seat),
    explicit: documented?.explicit ?? falls(202, seat, 25),
    isrc: documented?.isrc ?? isrcAt(seat, originalYearAt(releaseSeat, null)),
    type: typeAt(seat, releaseSeat),
    popularity: Math.round(100 * releasePopularity(releaseSeat, artistSeat) * (0.4 + 0.6 * fraction(209, seat))) / 100,
    era: release === undefined ? eraAt(releaseSeat) : "price",
  };
}

/** Some albums end with a booklet. */
function typeAt(seat: number, releaseSeat: number): string {
  const { type, trackCount } = shapeOf(releaseSeat);
  if (type === "Video") return "video";
  const isLast = seat === tracklists.firstOf(releaseSeat) + trackCount - 1;
  const isBooklet = isLast && type === "Album" && documentedReleaseAt(releaseSeat) === undefined && falls(208, releaseSeat, 30);
  return isBooklet ? "pdf" : "audio";
}

/** A single is called by its first track. */
export function trackTitleAt(seat: number, releaseSeat = tracklists.parentOf(seat)): string {
  const documented = documentedTrackAt(releaseSeat, seat)?.title;
  if (documented !== undefined) return documented;
  const named = shapeOf(releaseSeat).type !== "Album" && seat === tracklists.firstOf(releaseSeat);
  return named ? releaseTitleAt(releaseSeat).replace(/ E\.P$/, "") : trackTitles.titleAt(seat);
}

/** Seconds: two to six minutes, seldom a quarter of an hour; 0 where 7digital does not know. */
function durationAt(seat: number): number {
  if (falls(203, seat, 150)) return 0;
  return falls(204, seat, 40) ? 600 + (hash(205, seat) % 400) : 120 + (hash(206, seat) % 140) + (hash(207, seat) % 100);
}
