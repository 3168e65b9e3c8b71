/** The scalars. All are text: 7digital's digits and dates are passed on as they were sent, never through a float or a Date. Each has one
 *  rule for both directions, so that a client can send back every value that it received. */
import { GraphQLError } from "graphql";
import { isCountryCode } from "../formats/country-code.js";
import { isDay, isMoment } from "../formats/moments.js";
import { isCurrencyCode, isDecimal, isHttpUrl, isIsrc } from "../formats/value-formats.js";
import { builder, type ScalarName } from "./builder.js";
import type { ErrorCode } from "../shared/error-codes.js";

interface TextScalar {
  readonly description: string;
  readonly accepts: (value: string) => boolean;
  readonly specifiedByURL?: string;
  /** Whether case does not matter. Input is then read in upper case. */
  readonly anyCase?: boolean;
}

function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}

function textScalar(name: ScalarName, { description, accepts, anyCase = false, ...specification }: TextScalar): void {
  builder.scalarType(name, {
    description,
    ...specification,
    // Decoders check every value where it is read. This is for what they might miss.
    serialize: (value) => {
      if (typeof value === "string" && accepts(value)) return value;
      throw new GraphQLError(`7digital sent a value that is not a valid ${name}.`, {
        extensions: { code: "UPSTREAM_BAD_RESPONSE" satisfies ErrorCode },
      });
    },
    parseValue: (value) => {
      // The message never repeats the value, and neither does operation/errors.ts.
      if (typeof value !== "string" || !accepts(value)) throw new TypeError(`Not a valid ${name}. Expected ${lowerFirst(description)}`);
      return anyCase ? value.toUpperCase() : value;
    },
  });
}

textScalar("CountryCode", {
  description: 'A country code of ISO 3166-1 alpha-2, e.g. "GB" or "DE".',
  accepts: isCountryCode,
  anyCase: true,
});
textScalar("CurrencyCode", { description: 'A currency code of ISO 4217, e.g. "GBP".', accepts: isCurrencyCode, anyCase: true });
textScalar("Decimal", {
  description: 'A decimal number as text, so that no digit is lost, e.g. "7.99".',
  accepts: isDecimal,
});
textScalar("Date", { description: 'A calendar date as YYYY-MM-DD, e.g. "2009-06-01".', accepts: isDay });
textScalar("DateTime", {
  description: 'A date and time with its offset from UTC (RFC 3339), e.g. "2007-10-22T00:00:00+01:00".',
  accepts: isMoment,
  specifiedByURL: "https://www.rfc-editor.org/rfc/rfc3339",
});
textScalar("ISRC", {
  description: 'An International Standard Recording Code (ISO 3901), e.g. "DED620600065".',
  accepts: isIsrc,
});
textScalar("URL", {
  description: "An absolute URL with http or https.",
  accepts: isHttpUrl,
  specifiedByURL: "https://www.rfc-editor.org/rfc/rfc3986",
});
