/** Moments and days as text: which ones exist, and how 7digital's forms read in RFC 3339. Nothing goes through a Date, so offsets and
 *  fractions of a second stay as they are written. */

const written = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d)(?:\.\d+)?(Z|[+-]\d\d:\d\d)?)?$/;
const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether it is a day of the calendar, as YYYY-MM-DD. */
export function isDay(text: string): boolean {
  return text.length === 10 && isWrittenMoment(text);
}

/** Whether it is a moment with its offset, as RFC 3339 writes it. Leap seconds are refused: no common date library reads them. */
export function isMoment(text: string): boolean {
  return offsetOf(text) !== undefined && isWrittenMoment(text);
}

/** Whether it is a moment in one of the forms 7digital uses: with an offset, without one, or a bare day. */
export function isWrittenMoment(text: string): boolean {
  const [match, year, month, day, hour = "00", minute = "00", second = "00", offset = "Z"] = written.exec(text) ?? [];
  if (match === undefined || !existsInCalendar(Number(year), Number(month), Number(day))) return false;
  return isClockTime(hour, minute) && second < "60" && (offset === "Z" || isClockTime(offset.slice(1, 3), offset.slice(4)));
}

/** The moment in RFC 3339. A form without an offset means UTC, a bare day the first moment of that day.
 *  @param text For which `isWrittenMoment` holds. */
export function momentOf(text: string): string {
  if (text.length === 10) return `${text}T00:00:00Z`;
  return offsetOf(text) === undefined ? `${text}Z` : text;
}

/** In epoch milliseconds; NaN for what is no moment. */
export function epochMsOf(text: string): number {
  return isWrittenMoment(text) ? Date.parse(momentOf(text)) : Number.NaN;
}

function offsetOf(text: string): string | undefined {
  return /T.*(Z|[+-]\d\d:\d\d)$/.exec(text)?.[1];
}

function existsInCalendar(year: number, month: number, day: number): boolean {
  const isLeapYear = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const length = month === 2 && isLeapYear ? 29 : monthLengths[month - 1];
  return length !== undefined && day >= 1 && day <= length;
}

function isClockTime(hour: string, minute: string): boolean {
  return hour < "24" && minute < "60";
}
