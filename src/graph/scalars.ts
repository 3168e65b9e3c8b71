/** The scalars. All are text: 7digital's digits and dates are passed on as they were sent, never through a float or a Date. Each has one
 *  rule for both directions, so that a client can send back whatever it was given. */
import { GraphQLError } from "graphql";
import { isCountryCode } from "../country-code.js";
import { isDay, isMoment } from "../moments.js";
import { isCurrencyCode, isDecimal, isHttpUrl, isIsrc } from "../value-formats.js";
import { builder, type GraphTypes } from "./builder.js";

interface TextScalar {
  readonly description: string;
  readonly accepts: (value: string) => boolean;
  readonly specifiedByUrl?: string;
  /** Whether case means nothing: what a client sends is then read in upper case. */
  readonly anyCase?: boolean;
}

type ScalarName = Exclude<keyof GraphTypes["Scalars"], "ID">;

function textScalar(name: ScalarName, { description, accepts, specifiedByUrl, anyCase = false }: TextScalar): void {
  builder.scalarType(name, {
    description,
    ...(specifiedByUrl === undefined ? {} : { specifiedByURL: specifiedByUrl }),
    // Decoders check every value where it is read; this is for what they might miss.
    serialize: (value) => {
      if (typeof value === "string" && accepts(value)) return value;
      throw new GraphQLError(`7digital gave a value that is no ${name}.`, { extensions: { code: "UPSTREAM_BAD_RESPONSE" } });
    },
    parseValue: (value) => {
      // The value is not repeated, neither here nor by whoever shows the error (see errors.ts).
      if (typeof value !== "string" || !accepts(value)) throw new TypeError(`This is no ${name}. ${description}`);
      return anyCase ? value.toUpperCase() : value;
    },
  });
}

textScalar("CountryCode", {
  description: 'Two letters of ISO 3166-1 alpha-2, for example "GB" or "DE".',
  accepts: isCountryCode,
  anyCase: true,
});
textScalar("CurrencyCode", { description: 'Three letters of ISO 4217, for example "GBP".', accepts: isCurrencyCode, anyCase: true });
textScalar("Decimal", {
  description: 'A decimal number as text, digit for digit as 7digital sends it, for example "7.99".',
  accepts: isDecimal,
});
textScalar("Date", { description: 'A calendar day as YYYY-MM-DD, for example "2009-06-01".', accepts: isDay });
textScalar("DateTime", {
  description: 'A moment with its offset, as RFC 3339 writes it, for example "2007-10-22T00:00:00+01:00".',
  accepts: isMoment,
  specifiedByUrl: "https://www.rfc-editor.org/rfc/rfc3339",
});
textScalar("ISRC", {
  description: 'The International Standard Recording Code of a recording, for example "DED620600065".',
  accepts: isIsrc,
});
textScalar("URL", {
  description: "An absolute URL, by http or https.",
  accepts: isHttpUrl,
  specifiedByUrl: "https://www.rfc-editor.org/rfc/rfc3986",
});
