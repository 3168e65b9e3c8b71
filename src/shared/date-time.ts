/** Moments as 7digital writes them, made fit for RFC 3339. */
import { momentOf } from "../moments.js";
import type { Unreadable } from "../upstream/unreadable.js";
import { whenTold } from "./when-told.js";

type Written = string | Unreadable | null | undefined;

/** The moment with its offset; null for 0001-01-01, which stands for "not known".
 *  @param written As the decoder `moment` gives it. */
export function dateTimeOf(written: Written): Written {
  return whenTold(written, (moment: string) => (moment.startsWith("0001-01-01") ? null : momentOf(moment)));
}

/** The calendar day of a moment, as it was where it was written. */
export function dayOf(written: Written): Written {
  return whenTold(dateTimeOf(written), (moment: string) => moment.slice(0, 10));
}
