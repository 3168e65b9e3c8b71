/** Releases by date: those of a range of days, latest first. A long range is cut after the ten thousand latest. */

import { documentedDays } from "./documented/answers.js";
import { documentedReleases } from "./documented/items.js";
import { isReleaseAvailable } from "./availability.js";
import { datePlaceOf, seatsByDate } from "./dates.js";
import { sortedFalling } from "./ranking.js";
import { releaseIds } from "./seating.js";

const limit = 10_000;

/** Seats. A range whose ends are the wrong way round is read the right way round: the API document's own example is one. */
export function releaseSeatsOfDays(fromDate: string, toDate: string, country: string): number[] {
  const [from, to] = fromDate <= toDate ? [fromDate, toDate] : [toDate, fromDate];
  if (from === documentedDays.from && to === documentedDays.to) {
    const first = releaseIds.seatOf(documentedDays.first) ?? 0;
    return [first, ...arithmeticSeats(from, to, country, documentedDays.total - 1)];
  }
  const documented = documentedReleases.flatMap((release, seat) => (isWithin(release?.releaseDate, from, to) ? [seat] : []));
  return sortedFalling([...documented, ...arithmeticSeats(from, to, country, limit - documented.length)], datePlaceOf);
}

function arithmeticSeats(from: string, to: string, country: string, count: number): number[] {
  const seats: number[] = [];
  for (const seat of seatsByDate(from, to)) {
    if (seats.length === count) break;
    if (isReleaseAvailable(seat, country)) seats.push(seat);
  }
  return seats;
}

function isWithin(date: string | undefined, from: string, to: string): boolean {
  const day = date?.slice(0, 10).replace(/-/g, "");
  return day !== undefined && day >= from && day <= to;
}
