/** When releases came out, as the API writes it: midnight in London, with the offset of the day, and the known odd ones.
 *  Releases are put in order of date by arithmetic, so that those of a day are found without looking at all. */

import { discographies, documentedReleaseAt } from "./seating.js";
import { falls, fraction, hash } from "./hash.js";
import { permutation } from "./permutation.js";

const dayMs = 86_400_000;
const firstYear = 2000;
/** Shares of the years from 2000 to 2027: stores opened in 2004, the catalogue grew until 2012. */
const weights = [1, 1, 1, 2, 5, 7, 8, 9, 10, 11, 12, 13, 14, 14, 13, 12, 12, 12, 11, 11, 11, 11, 11, 11, 11, 11, 9, 3] as const;
const yearStarts = Array.from({ length: weights.length + 1 }, (_, place) => Date.UTC(firstYear + place, 0, 1) / dayMs);
const weightTotal = weights.reduce((sum, weight) => sum + weight, 0);

/** Ids of this order are places: 1 is the earliest release. */
const order = permutation(discographies.children, 471_557);
const unknownDates = Math.floor(order.size / 1000);
const preOrders = Math.floor(order.size / 2500);

/** Place in the order of dates, from 0. A release with a documented date shares the place of another of its day. */
export function datePlaceOf(releaseSeat: number): number {
  const documented = documentedReleaseAt(releaseSeat)?.releaseDate;
  return documented === undefined ? order.idOf(releaseSeat) - 1 : firstPlaceFrom(parseDay(documented.slice(0, 10).replace(/-/g, "")));
}

/** Seats of the releases of the days from `from` to `to` (YYYYMMDD, inclusive), latest first, lazily. */
export function* seatsByDate(from: string, to: string): Generator<number> {
  const least = firstPlaceFrom(parseDay(from));
  for (let place = firstPlaceFrom(parseDay(to) + 1) - 1; place >= least; place--) {
    const seat = seatAt(place);
    // A date in the document wins over the computed one.
    if (documentedReleaseAt(seat)?.releaseDate === undefined) yield seat;
  }
}

/** Seats of releases that are announced and not out: their date is the sentinel 9999-12-31. */
export function* seatsOfPreOrders(): Generator<number> {
  for (let place = order.size - 1; place >= order.size - preOrders; place--) {
    const seat = seatAt(place);
    if (documentedReleaseAt(seat)?.releaseDate === undefined) yield seat;
  }
}

function seatAt(place: number): number {
  return order.seatOf(place + 1) ?? 0;
}

export function releaseDateAt(releaseSeat: number): string {
  const place = datePlaceOf(releaseSeat);
  if (place < unknownDates) return "0001-01-01T00:00:00";
  if (place >= order.size - preOrders) return "9999-12-31T00:00:00Z";
  const day = dayAt(place);
  if (falls(21, releaseSeat, 300)) return `${factsOf(day).date}T00:00:00`;
  return atLondon(day, "00:00:00", falls(22, releaseSeat, 4));
}

/** Some weeks before the release date, at some time of the day. */
export function addedDateAt(releaseSeat: number): string {
  const place = datePlaceOf(releaseSeat);
  const day = Math.max(parseDay("20040901"), dayAt(Math.min(place, order.size - preOrders - 1)) - 3 - (hash(23, releaseSeat) % 60));
  const second = hash(24, releaseSeat) % 86_400;
  const time = [second / 3600, (second / 60) % 60, second % 60].map((part) => String(Math.floor(part)).padStart(2, "0")).join(":");
  return atLondon(day, time, falls(22, releaseSeat, 4));
}

/** Year of the release date; 0 for the sentinels. */
function releaseYearAt(releaseSeat: number): number {
  const place = datePlaceOf(releaseSeat);
  return place < unknownDates || place >= order.size - preOrders ? 0 : factsOf(dayAt(place)).year;
}

/** Days since 1970. */
export function parseDay(text: string): number {
  return Math.floor(Date.UTC(Number(text.slice(0, 4)), Number(text.slice(4, 6)) - 1, Number(text.slice(6, 8))) / dayMs);
}

/** London's winter offset is written as "Z" or as "+00:00". */
export function atLondon(day: number, time: string, spellsOutZero = false): string {
  const { date, isSummer } = factsOf(day);
  return `${date}T${time}${isSummer ? "+01:00" : spellsOutZero ? "+00:00" : "Z"}`;
}

interface DayFacts {
  readonly date: string;
  readonly year: number;
  readonly isSummer: boolean;
}

/** Days are few and dates are costly to make, so each is made once. */
const knownDays = new Map<number, DayFacts>();

function factsOf(day: number): DayFacts {
  const known = knownDays.get(day);
  if (known !== undefined) return known;
  const date = new Date(day * dayMs).toISOString().slice(0, 10);
  const year = Number(date.slice(0, 4));
  // Clocks change at night on the last Sundays of March and October; the day of the change keeps the offset it begins with.
  const facts = { date, year, isSummer: day > lastSundayOf(year, 2) && day <= lastSundayOf(year, 9) };
  // A caller may ask for charts of any day; only the days of the catalogue are worth keeping.
  if (year >= firstYear && year < firstYear + weights.length) knownDays.set(day, facts);
  return facts;
}

function lastSundayOf(year: number, month: number): number {
  const last = new Date(Date.UTC(year, month + 1, 0));
  return last.getTime() / dayMs - last.getUTCDay();
}

/** Rises with the place. Within a week most releases come out on Monday, as they did in the UK until 2015. */
function dayAt(place: number): number {
  let share = ((place + 0.5) / order.size) * weightTotal;
  let year: number = firstYear;
  for (const weight of weights) {
    if (share < weight) return dayInYear(year, share / weight);
    share -= weight;
    year++;
  }
  return parseDay(`${firstYear + weights.length - 1}1231`);
}

function dayInYear(year: number, share: number): number {
  const start = yearStarts[year - firstYear] ?? 0;
  const next = yearStarts[year - firstYear + 1] ?? 0;
  const exact = start + share * (next - start);
  // Day 4 of 1970 was a Monday.
  const week = Math.floor((exact - 4) / 7);
  const within = (exact - 4) / 7 - week;
  const day = week * 7 + 4 + (within < 0.55 ? 0 : 1 + Math.floor((within - 0.55) / 0.075));
  return Math.min(Math.max(day, start), next - 1);
}

function firstPlaceFrom(day: number): number {
  let [low, high] = [unknownDates, order.size - preOrders];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (dayAt(middle) < day) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The year the music first came out: seldom later than this release. `decade` is what its tags tell, e.g. 1980. */
export function originalYearAt(releaseSeat: number, decade: number | null): number {
  const released = releaseYearAt(releaseSeat);
  if (released === 0 || falls(25, releaseSeat, 120)) return 0;
  if (decade !== null) return Math.min(released, decade + Math.floor(10 * fraction(26, releaseSeat)));
  return falls(27, releaseSeat, 5) ? released - (hash(28, releaseSeat) % 30) : released;
}
