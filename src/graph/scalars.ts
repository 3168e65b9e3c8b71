/** The scalars. All are text: 7digital's digits and dates are passed on as they were sent, never through a float or a Date. */
import { builder, type GraphTypes } from "./builder.js";
import { isCountryCode } from "../country-code.js";

type Check = (value: string) => boolean;

function textScalar(name: Exclude<keyof GraphTypes["Scalars"], "ID">, description: string, accepts: Check, specifiedByUrl?: string) {
  builder.scalarType(name, {
    description,
    ...(specifiedByUrl === undefined ? {} : { specifiedByURL: specifiedByUrl }),
    serialize: (value) => value,
    parseValue: (value) => {
      // The value is not repeated, neither here nor by whoever shows the error (see errors.ts).
      if (typeof value !== "string" || !accepts(value)) throw new TypeError(`This is no ${name}. ${description}`);
      return name === "CountryCode" || name === "CurrencyCode" ? value.toUpperCase() : value;
    },
  });
}

textScalar("CountryCode", 'Two letters of ISO 3166-1 alpha-2, for example "GB" or "DE".', isCountryCode);
textScalar("CurrencyCode", 'Three letters of ISO 4217, for example "GBP".', (value) => /^[A-Za-z]{3}$/.test(value));
textScalar("Decimal", 'A decimal number as text, digit for digit as 7digital sends it, for example "7.99".', (value) =>
  /^\d{1,7}(?:\.\d{1,2})?$/.test(value),
);
textScalar("Date", 'A calendar day as YYYY-MM-DD, for example "2009-06-01".', isDay);
textScalar(
  "DateTime",
  'A moment with its offset, as RFC 3339 writes it, for example "2007-10-22T00:00:00+01:00".',
  (value) => !Number.isNaN(Date.parse(value)) && /(?:Z|[+-]\d\d:\d\d)$/.test(value),
  "https://www.rfc-editor.org/rfc/rfc3339",
);
textScalar("ISRC", 'The International Standard Recording Code of a recording, for example "DED620600065".', (value) =>
  /^[A-Za-z0-9-]{12,15}$/.test(value),
);
textScalar("URL", "An absolute URL.", (value) => URL.canParse(value), "https://www.rfc-editor.org/rfc/rfc3986");

function isDay(value: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(value)) return false;
  const day = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}
