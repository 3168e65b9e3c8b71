/** The country whose store the shop shows. */
import { createStored, useStored } from "../shared/stored";

const isCountry = (value: unknown): value is string => typeof value === "string" && /^[A-Z]{2}$/.test(value);

/** What the server takes if no country is requested. */
const defaultCountry = "GB";

export const country = createStored("sleeve.country", isCountry);

export function useCountry(): string {
  return useStored(country) ?? defaultCountry;
}

const names = new Intl.DisplayNames("en", { type: "region" });

export function countryName(code: string): string {
  return names.of(code) ?? code;
}
