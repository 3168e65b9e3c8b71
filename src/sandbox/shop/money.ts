/** Sums of money, counted in hundredths so that they are exact, and how they are written. */

/** Of decimal text with at most two places, as the catalogue and callers write it. */
export function hundredthsOf(amount: string): number {
  const [whole = "0", part = ""] = amount.split(".");
  return Number(whole) * 100 + Number(part.padEnd(2, "0"));
}

/** "7.90"; yen have no hundredths: "1500". */
export function decimal(hundredths: number, currencyCode: string): string {
  if (currencyCode === "JPY") return String(Math.round(hundredths / 100));
  return `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, "0")}`;
}
