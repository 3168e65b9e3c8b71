/** Charts: another order for each period and last day, always of popular items, and the documented leader on top. */

import type { ChartKind, ChartPeriod } from "../model.js";
import { chartLeaders } from "./documented/answers.js";
import { isReleaseAvailable, isTrackAvailable } from "./availability.js";
import { seatAtPlace } from "./artists.js";
import { atLondon, parseDay } from "./dates.js";
import { hash, hashOfText } from "./hash.js";
import { artistIds, discographies, releaseIds, shapeOf, trackIds, tracklists } from "./seating.js";

/** The API document shows charts of 20. Here they are longer, so that a long page can be asked for. */
const chartLength = 200;

/** Each position is filled from its own stretch of so many popular artists, so that none comes twice. */
const stretch = 6;

export function chartSeats(kind: ChartKind, period: ChartPeriod, toDate: string, country: string): number[] {
  const salt = hashOfText(`${kind} ${period} ${toDate} ${country}`);
  const leader = leaderSeat(kind);
  const seats = [leader];
  for (let step = 0; seats.length < chartLength; step++) {
    const artist = seatAtPlace(step * stretch + (hash(salt, step) % stretch));
    const seat = kind === "artist" ? artist : kind === "release" ? albumOf(artist, salt, country) : trackOf(artist, salt, country);
    if (seat !== undefined && seat !== leader) seats.push(seat);
  }
  return seats;
}

/** The leader moves as documented; of the others most move a little and some are new. */
export function changeAt(kind: ChartKind, position: number, seat: number, toDate: string): "Up" | "Down" | "Same" | "New" {
  if (position === 1) return chartLeaders[kind].change;
  const share = hash(602, seat, hashOfText(toDate)) % 20;
  return share < 3 ? "New" : share < 6 ? "Same" : share < 13 ? "Up" : "Down";
}

/** First and last day of the period, as midnights in London. */
export function periodUntil(period: ChartPeriod, toDate: string): { readonly fromDate: string; readonly toDate: string } {
  const last = parseDay(toDate);
  return { fromDate: atLondon(last - lengthOf(period) + 1, "00:00:00"), toDate: atLondon(last, "00:00:00") };
}

function lengthOf(period: ChartPeriod): number {
  return { day: 1, week: 7, month: 30, year: 365 }[period];
}

function leaderSeat(kind: ChartKind): number {
  const ids = { artist: artistIds, release: releaseIds, track: trackIds }[kind];
  return ids.seatOf(chartLeaders[kind].id) ?? 0;
}

/** Only albums are in release charts. */
function albumOf(artist: number, salt: number, country: string): number | undefined {
  const count = discographies.countOf(artist);
  const start = hash(salt, 1, artist) % count;
  for (let step = 0; step < count; step++) {
    const seat = discographies.firstOf(artist) + ((start + step) % count);
    if (shapeOf(seat).type === "Album" && isReleaseAvailable(seat, country)) return seat;
  }
  return undefined;
}

function trackOf(artist: number, salt: number, country: string): number | undefined {
  const release = discographies.firstOf(artist) + (hash(salt, 2, artist) % discographies.countOf(artist));
  const seat = tracklists.firstOf(release) + (hash(salt, 3, artist) % Math.min(4, tracklists.countOf(release)));
  return isTrackAvailable(seat, country) ? seat : undefined;
}
