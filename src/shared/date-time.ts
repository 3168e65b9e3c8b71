/** Moments as 7digital writes them, made fit for RFC 3339. */
import { momentOf } from "../formats/moments.js";
import type { Unreadable } from "../upstream/xml/unreadable.js";
import { mapPresent } from "./map-present.js";

type Written = string | Unreadable | null | undefined;

/** Days that mean "not known" and "not announced yet". */
const placeholders = /^(?:0001-01-01|9999-12-31)/;

/** The moment with its offset; null for a placeholder. @param written From the decoder `moment`. */
export function dateTimeOf(written: Written): Written {
  return mapPresent(written, (moment: string) => (placeholders.test(moment) ? null : momentOf(moment)));
}

/** The calendar day of a moment, by its own offset. */
export function dayOf(written: Written): Written {
  return mapPresent(dateTimeOf(written), (moment: string) => moment.slice(0, 10));
}
