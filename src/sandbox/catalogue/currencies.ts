/** What money the stores take, and the rungs of the price ladder there. Prices are counted in hundredths. */

export interface Currency {
  readonly code: string;
  /** Track prices from the cheapest up, in hundredths. */
  readonly tracks: readonly [number, number, number, number];
  /** What an album costs against the British price. */
  readonly rate: number;
  /** Prices end on .99 below this rate, and are round above it. */
  readonly ending: "99" | "00";
}

const pound: Currency = { code: "GBP", tracks: [59, 79, 99, 129], rate: 1, ending: "99" };
const euro: Currency = { code: "EUR", tracks: [69, 99, 99, 129], rate: 1.25, ending: "99" };
const dollar: Currency = { code: "USD", tracks: [69, 99, 99, 129], rate: 1.25, ending: "99" };

const byCountry: Readonly<Record<string, Currency>> = {
  GB: pound,
  US: dollar,
  CA: { ...dollar, code: "CAD" },
  AU: { code: "AUD", tracks: [119, 169, 169, 219], rate: 2, ending: "99" },
  NZ: { code: "NZD", tracks: [119, 179, 179, 239], rate: 2.2, ending: "99" },
  CH: { code: "CHF", tracks: [120, 160, 160, 220], rate: 1.8, ending: "99" },
  SE: { code: "SEK", tracks: [700, 900, 900, 1200], rate: 11, ending: "00" },
  DK: { code: "DKK", tracks: [600, 800, 800, 1000], rate: 9, ending: "00" },
  NO: { code: "NOK", tracks: [700, 900, 900, 1200], rate: 10, ending: "00" },
  PL: { code: "PLN", tracks: [299, 399, 399, 499], rate: 4.5, ending: "99" },
  JP: { code: "JPY", tracks: [10000, 15000, 20000, 25000], rate: 150, ending: "00" },
  ...Object.fromEntries(["IE", "DE", "FR", "ES", "IT", "NL", "BE", "AT", "FI", "PT", "LU"].map((country) => [country, euro])),
};

/** Countries without a currency of their own in the list shop in pounds, as the default store does. */
export function currencyOf(country: string): Currency {
  return byCountry[country] ?? pound;
}

/** "7.99"; yen have no hundredths: "1500". */
export function written(hundredths: number, currency: Currency): string {
  return currency.code === "JPY" ? String(Math.round(hundredths / 100)) : (hundredths / 100).toFixed(2);
}
