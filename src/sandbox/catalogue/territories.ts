/** The countries that 7digital's own list had in 2012, with their languages, and which country an IP address is in. */

import { hashOfText, pick } from "./hash.js";

interface Language {
  readonly name: string;
  readonly localName: string;
  /** Host of the shop in this language, before ".7digital.com". */
  readonly host: string;
}

export interface Country {
  readonly code: string;
  readonly name: string;
  /** Empty for two of them. */
  readonly localName: string;
  readonly languages: readonly Language[];
}

const localNames: Readonly<Record<string, string>> = {
  English: "English",
  "English (US)": "English",
  French: "Français",
  German: "Deutsch",
  Dutch: "Nederlands",
  Italian: "Italiano",
  Spanish: "Español",
};

function country(code: string, name: string, localName: string, ...languages: readonly (readonly [name: string, host: string])[]): Country {
  return {
    code,
    name,
    localName,
    languages: languages.map(([language, host]) => ({ name: language, localName: localNames[language] ?? "", host })),
  };
}

export const countries: readonly Country[] = [
  country("GB", "United Kingdom", "United Kingdom", ["English", "www"]),
  country("US", "United States", "United States", ["English (US)", "us"]),
  country("CA", "Canada", "Canada", ["English", "ca"], ["French", "fr-ca"]),
  country("BE", "Belgium", "België/Belgique", ["Dutch", "nl-be"], ["French", "fr-be"]),
  country("DE", "Germany", "Deutschland", ["German", "de"]),
  country("IT", "Italy", "Italia", ["Italian", "it"]),
  country("CH", "Switzerland", "Schweiz/Suisse", ["German", "de-ch"], ["French", "fr-ch"], ["Italian", "it-ch"]),
  country("FR", "France", "France", ["French", "fr"]),
  country("NL", "Netherlands", "Nederland", ["Dutch", "nl"]),
  country("IE", "Ireland", "Ireland", ["English", "ie"]),
  country("ES", "Spain", "España", ["Spanish", "es"]),
  country("AT", "Austria", "Österreich", ["German", "at"]),
  country("NZ", "New Zealand", "", ["English", "nz"]),
  country("LU", "Luxembourg", "", ["French", "lu"]),
  country("SE", "Sweden", "Sweden", ["English", "se"]),
  country("FI", "Finland", "Finland", ["English", "fi"]),
  country("NO", "Norway", "Norway", ["English", "no"]),
];

/** Beginnings of addresses. The ranges for documentation (RFC 5737, RFC 3849), what was recorded, and addresses of no country. */
const places: readonly (readonly [beginning: string, countryCode: string])[] = [
  ["192.0.2.", "GB"],
  ["198.51.100.", "US"],
  ["203.0.113.", "DE"],
  ["2001:db8:", "FR"],
  ["50.125.24.25", "US"],
  // Recorded for an office of 7digital's: no code of a country.
  ["84.45.95.241", "7"],
  ["62.64.31.123", "BR"],
  ["127.", ""],
  ["10.", ""],
  ["192.168.", ""],
  ["::1", ""],
];
const elsewhere = ["GB", "US", "DE", "FR", "CA", "ES", "IT", "BR", "JP", "IN"] as const;

/** As 7digital writes it: mostly a code of ISO 3166-1. */
export function countryOfAddress(ipAddress: string): string {
  const known = places.find(([beginning]) => ipAddress.toLowerCase().startsWith(beginning));
  return known?.[1] ?? pick(elsewhere, 881, hashOfText(ipAddress.toLowerCase()));
}

/** Where there is a shop, and where nothing says that there is none. */
export function mayCheckOut(countryCode: string): boolean {
  return !/^[A-Z]{2}$/.test(countryCode) || countries.some(({ code }) => code === countryCode);
}
