/** Moments as 7digital writes them, made fit for RFC 3339. */
import { whenTold } from "./when-told.js";

const dateAndTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?$/;
const withOffset = /(?:Z|[+-]\d\d:\d\d)$/;

/** The moment with its offset; null for 0001-01-01, which stands for "not known". Answers that leave the offset out mean UTC.
 *  `undefined` and `null` pass through. */
export function dateTimeOf(written: string | null | undefined): string | null | undefined {
  return whenTold(written, (moment) => {
    if (moment.startsWith("0001-01-01") || !dateAndTime.test(moment)) return null;
    return withOffset.test(moment) ? moment : `${moment}Z`;
  });
}

/** The calendar day of a moment, as it was where it was written. */
export function dayOf(written: string | null | undefined): string | null {
  return dateTimeOf(written)?.slice(0, 10) ?? null;
}
