/** Moments and days as text, by the calendar and in RFC 3339. Nothing goes through a Date, so offsets and fractions stay as written. */

// The last days of months depend on the calendar, and are looked at after this.
const clock = "(?:[01]\\d|2[0-3]):[0-5]\\d";
const written = new RegExp(`^\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])(?:T${clock}:[0-5]\\d(?:\\.\\d+)?(?:Z|[+-]${clock})?)?$`);
const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether it is a day of the calendar, as YYYY-MM-DD. */
export function isDay(text: string): boolean {
  return text.length === 10 && isWrittenMoment(text);
}

/** Whether it is a moment with its offset, as RFC 3339 writes it. Leap seconds are not: no common date library reads them. */
export function isMoment(text: string): boolean {
  return offsetOf(text) !== undefined && isWrittenMoment(text);
}

/** Whether it is a moment in one of the forms 7digital uses: with an offset, without one, or a bare day. */
export function isWrittenMoment(text: string): boolean {
  return written.test(text) && (text.slice(8, 10) <= "28" || existsInCalendar(text));
}

/** The moment in RFC 3339, in UTC where it has no offset. @param text For which `isWrittenMoment` holds. */
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

function existsInCalendar(text: string): boolean {
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8, 10))];
  const isLeapYear = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const length = month === 2 && isLeapYear ? 29 : (monthLengths[month - 1] ?? 0);
  return day <= length;
}
