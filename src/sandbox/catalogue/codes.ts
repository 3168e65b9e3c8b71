/** Codes of the trade: barcodes with their check digit, ISRCs, labels and licensors. */

import type { NamedId } from "../model.js";
import { falls, hash, pick } from "./hash.js";

const registrants = ["GB", "US", "DE", "FR", "SE", "NL", "CA", "AU", "JP", "IT"] as const;
const letters = "ABCDEFGHJKLMNPQRSTUVWXYZ";

/** EAN-13 or, in about half, the same number as a GTIN-14 with a leading zero. An unknown one is null or "". */
export function barcodeAt(releaseSeat: number): string | null {
  if (falls(31, releaseSeat, 60)) return null;
  if (falls(32, releaseSeat, 90)) return "";
  const prefix = pick(["0602", "0094", "0724", "5055", "5099", "0886", "4029", "7332"], 33, releaseSeat);
  const digits = prefix + String(releaseSeat % 100_000_000).padStart(8, "0");
  const ean = digits + checkDigit(digits);
  return falls(34, releaseSeat, 2) ? `0${ean}` : ean;
}

/** Weights 3 and 1 from the right. @see GS1 General Specifications, "Check digit calculation" */
function checkDigit(digits: string): string {
  let sum = 0;
  for (let at = 0; at < digits.length; at++) sum += Number(digits[digits.length - 1 - at]) * (at % 2 === 0 ? 3 : 1);
  return String((10 - (sum % 10)) % 10);
}

/** Country, registrant, two digits of the year and five of the recording, unique among a registrant's recordings of a year. */
export function isrcAt(trackSeat: number, year: number): string {
  const registrant = hash(35, Math.floor(trackSeat / 100_000));
  const letterAt = (shift: number): string => letters.charAt((registrant >>> shift) % letters.length);
  const code = `${letterAt(0)}${letterAt(8)}${registrant % 10}`;
  const short = String((year === 0 ? 2006 : year) % 100).padStart(2, "0");
  return pick(registrants, 36, Math.floor(trackSeat / 100_000)) + code + short + String(trackSeat % 100_000).padStart(5, "0");
}

const licensors: readonly NamedId[] = [
  { id: 1, name: "Universal" },
  { id: 13, name: "EMI" },
  { id: 18, name: "Warner" },
  { id: 27, name: "Sony Music" },
  { id: 41, name: "The Orchard" },
  { id: 52, name: "PIAS" },
  { id: 66, name: "Believe Digital" },
  { id: 73, name: "INgrooves" },
];

const labelNames = [
  "Parlour",
  "Northern Line",
  "Tall Ship",
  "Paper Bag",
  "Red Kite",
  "Hollow Tree",
  "Static",
  "Cobblestone",
  "Evergreen",
  "Low Tide",
] as const;
const labelForms = ["Records", "Recordings", "Music", "Records Ltd.", "Sounds", "& Sons", "UK", "Entertainment"] as const;

export function labelAt(artistSeat: number, releaseSeat: number): NamedId {
  // An artist stays with a label for some releases.
  const number = hash(37, artistSeat, Math.floor(releaseSeat / 4)) % 25_000;
  return { id: 100 + number, name: `${pick(labelNames, 38, number)} ${pick(labelForms, 39, number)}` };
}

/** Id 0 without a name is 7digital's way to say "unknown". */
export function licensorAt(labelId: number, releaseSeat: number): NamedId {
  return falls(40, releaseSeat, 200) ? { id: 0, name: "" } : pick(licensors, 41, labelId);
}
