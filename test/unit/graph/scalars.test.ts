/** Each scalar has one rule for both directions: whatever it gives it takes back, as a variable and as a literal, and nothing else. */
import fc, { type Arbitrary } from "fast-check";
import { GraphQLError, Kind, type GraphQLScalarType } from "graphql";
import { describe, expect, it } from "vitest";
import { schema } from "../../../src/app/schema.js";

function scalar(name: string): GraphQLScalarType {
  return schema.getType(name) as GraphQLScalarType;
}

/** What the scalar makes of a value in one direction; undefined where it refuses. */
function outOf({ serialize }: GraphQLScalarType, value: unknown): unknown {
  try {
    return serialize(value);
  } catch (error) {
    expect(error).toBeInstanceOf(GraphQLError);
    expect((error as GraphQLError).extensions["code"]).toBe("UPSTREAM_BAD_RESPONSE");
    return undefined;
  }
}

function into({ parseValue, parseLiteral }: GraphQLScalarType, value: unknown): unknown {
  const tried = (parse: () => unknown): unknown => {
    try {
      return parse();
    } catch (error) {
      expect(error).toBeInstanceOf(TypeError);
      return undefined;
    }
  };
  const parsed = tried(() => parseValue(value));
  if (typeof value === "string") expect(tried(() => parseLiteral({ kind: Kind.STRING, value }))).toEqual(parsed);
  return parsed;
}

const digits = (least: number, most: number) => fc.stringMatching(new RegExp(`^[0-9]{${String(least)},${String(most)}}$`));
const pad = (width: number) => (value: number) => String(value).padStart(width, "0");
const days = fc
  .date({ min: new Date("0001-01-01"), max: new Date("9999-12-31T23:59:59Z"), noInvalidDate: true })
  .map((date) => date.toISOString());
const offsets = fc.oneof(
  fc.constant("Z"),
  fc
    .tuple(fc.constantFrom("+", "-"), fc.integer({ min: 0, max: 23 }).map(pad(2)), fc.integer({ min: 0, max: 59 }).map(pad(2)))
    .map(([sign, hour, minute]) => `${sign}${hour}:${minute}`),
);
const fractions = fc.oneof(
  fc.constant(""),
  digits(1, 9).map((fraction) => `.${fraction}`),
);
/** Numbers where days and times belong, of which some exist. */
const almostDays = fc
  .tuple(
    fc.integer({ min: 0, max: 9999 }).map(pad(4)),
    fc.integer({ min: 0, max: 14 }).map(pad(2)),
    fc.integer({ min: 0, max: 33 }).map(pad(2)),
  )
  .map((parts) => parts.join("-"));
const almostMoments = fc
  .tuple(
    almostDays,
    fc.integer({ min: 0, max: 25 }).map(pad(2)),
    fc.integer({ min: 0, max: 61 }).map(pad(2)),
    fc.integer({ min: 0, max: 61 }).map(pad(2)),
    fractions,
    fc.oneof(offsets, fc.constant("")),
  )
  .map(([day, hour, minute, second, fraction, offset]) => `${day}T${hour}:${minute}:${second}${fraction}${offset}`);

/** By the calendar of the language, which rolls over what does not exist. */
function dayExists(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text;
}

function momentExists(text: string): boolean {
  const [, day = "", rest = ""] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d))$/.exec(text) ?? [];
  return dayExists(day) && !rest.startsWith("24") && !Number.isNaN(Date.parse(text));
}

const ofAscii = (least: number, most: number, pattern: string) => (text: string) =>
  new RegExp(`^${pattern}{${String(least)},${String(most)}}$`).test(text);
const letters = fc.constantFrom("A", "z", "K", "\u212a", "\u017f", "\u0131", "\u0130", "s", "1", " ", "G", "B", "ß", "\uff27");

interface Rule {
  readonly name: string;
  /** Texts that are right. */
  readonly right: Arbitrary<string>;
  /** Texts that are nearly right. */
  readonly near: Arbitrary<string>;
  /** What has to be accepted, said in another way than in the code. */
  readonly accepts: (text: string) => boolean;
}

const countries = ["GB", "gb", "De", "US", "sk", "KR", "ie"];
const rules: readonly Rule[] = [
  {
    name: "Decimal",
    right: fc.oneof(
      digits(1, 15),
      fc.tuple(digits(1, 15), digits(1, 10)).map(([whole, fraction]) => `${whole}.${fraction}`),
      fc.constantFrom("7.9900", "0.00", "007.5"),
    ),
    near: fc.stringMatching(/^[-+]?[0-9.,e ]{0,20}$/),
    accepts: (text) => {
      const [whole = "", fraction, ...more] = text.split(".");
      const isDigits = (part: string, most: number) =>
        part.length >= 1 && part.length <= most && Array.from(part).every((digit) => digit >= "0" && digit <= "9");
      return more.length === 0 && isDigits(whole, 15) && (fraction === undefined || isDigits(fraction, 10));
    },
  },
  {
    name: "URL",
    right: fc.oneof(
      fc.webUrl({ withQueryParameters: true, withFragments: true }),
      fc.constantFrom("http://cdn.7static.com/a_50.jpg", "HTTP://x", "https://[::1]:4000/ä b"),
    ),
    near: fc.oneof(
      fc
        .tuple(
          fc.constantFrom("javascript:", "data:", "ftp://", "//", "/", "http:", "http:/", "http://", "ht\ntp://", " http://", "http:\\\\"),
          fc.string(),
        )
        .map((parts) => parts.join("")),
      fc.tuple(fc.webUrl(), fc.constantFrom("\n", "\\", "\u0000", "\t", "\r")).map((parts) => parts.join("")),
    ),
    accepts: (text) =>
      URL.canParse(text) &&
      ["http:", "https:"].includes(new URL(text).protocol) &&
      /^https?:\/\/[^/]/i.test(text) &&
      !Array.from(text).some((character) => character < " " || character === "\\" || character === "\u007f") &&
      !/^https?:\/\/\s/i.test(text),
  },
  {
    name: "DateTime",
    right: fc.tuple(days, fractions, offsets).map(([at, fraction, offset]) => `${at.slice(0, 19)}${fraction}${offset}`),
    near: almostMoments,
    accepts: momentExists,
  },
  { name: "Date", right: days.map((at) => at.slice(0, 10)), near: almostDays, accepts: dayExists },
  {
    name: "CountryCode",
    right: fc.constantFrom(...countries),
    near: fc.array(letters, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("")),
    accepts: (text) => ofAscii(2, 2, "[A-Za-z]")(text) && (countries.includes(text) || isRegion(text)),
  },
  {
    name: "CurrencyCode",
    right: fc.constantFrom("GBP", "eur", "UsD"),
    near: fc.array(letters, { minLength: 2, maxLength: 4 }).map((parts) => parts.join("")),
    accepts: ofAscii(3, 3, "[A-Za-z]"),
  },
  {
    name: "ISRC",
    right: fc.constantFrom("DED620600065", "GB-AYE-67-00047"),
    near: fc.array(letters, { minLength: 10, maxLength: 16 }).map((parts) => parts.join("")),
    accepts: ofAscii(12, 15, "[A-Za-z0-9-]"),
  },
];

const regions = new Intl.DisplayNames("en", { type: "region", fallback: "none" });
/** Known to the language's own list of regions, which has a few that are no countries. */
function isRegion(text: string): boolean {
  return regions.of(text.toUpperCase()) !== undefined;
}
const notOfIso3166 =
  /^(?:AC|CP|CQ|DG|EA|EU|EZ|IC|QO|SU|TA|UK|UN|XA|XB|XK|ZZ|AN|BU|CS|DD|DY|FX|HV|NH|NT|PC|PU|PZ|QU|RH|TP|VD|WK|YD|YU|ZR|NQ|JT|MI|FQ|CT)$/i;

describe.each(rules)("$name", ({ name, right, near, accepts }) => {
  const texts = fc.oneof({ weight: 3, arbitrary: right }, { weight: 3, arbitrary: near }, fc.string(), fc.string({ unit: "binary" }));

  it("takes back whatever it gives, and gives nothing that it does not take", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const given = outOf(scalar(name), text);
        const taken = into(scalar(name), text);
        expect(given === undefined).toBe(taken === undefined);
        if (given === undefined) return;
        expect(given).toBe(text);
        expect([text, text.toUpperCase()]).toContain(taken);
        // What was taken can be given and taken in its turn.
        expect(into(scalar(name), outOf(scalar(name), taken))).toBe(taken);
      }),
      { numRuns: 2000 },
    );
  });

  it("accepts what is right, and nothing else", () => {
    fc.assert(
      fc.property(texts, (text) => {
        if (name === "CountryCode" && notOfIso3166.test(text)) return;
        expect(into(scalar(name), text) !== undefined, text).toBe(accepts(text));
      }),
      { numRuns: 2000 },
    );
    fc.assert(fc.property(right, (text) => into(scalar(name), text) !== undefined));
  });

  it("is text", () => {
    fc.assert(
      fc.property(
        fc.anything().filter((value) => typeof value !== "string"),
        (value) => {
          expect(into(scalar(name), value)).toBeUndefined();
          expect(outOf(scalar(name), value)).toBeUndefined();
        },
      ),
    );
  });
});

describe("a moment that a DateTime gives", () => {
  it("is one that every client can parse", () => {
    fc.assert(
      fc.property(almostMoments, (text) => {
        if (outOf(scalar("DateTime"), text) !== undefined) expect(Number.isNaN(Date.parse(text)), text).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });
});
