/** Where items are sold. About one release in twenty is missing in about half of the countries; a few tracks are missing where
 *  their release is sold. Documented items are sold everywhere. */

import { falls, hash, hashOfText } from "./hash.js";
import { firstArithmeticRelease, tracklists } from "./seating.js";

export function isReleaseAvailable(seat: number, country: string): boolean {
  if (seat < firstArithmeticRelease || !falls(401, seat, 20)) return true;
  return hash(402, seat, hashOfText(country)) % 2 === 0;
}

export function isTrackAvailable(seat: number, country: string): boolean {
  const releaseSeat = tracklists.parentOf(seat);
  if (!isReleaseAvailable(releaseSeat, country)) return false;
  if (releaseSeat < firstArithmeticRelease || !falls(403, seat, 200)) return true;
  return hash(404, seat, hashOfText(country)) % 2 === 0;
}
