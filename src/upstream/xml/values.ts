/** Decoders of single values. An empty element is null; a value that cannot be read is `Unreadable`, never a part of it or a guess. */
import { isWrittenMoment } from "../../formats/moments.js";
import { isDecimal, isHttpUrl, isIsrc, isNumericId } from "../../formats/value-formats.js";
import { attributeValue, mapped, type Decoder } from "./decode.js";
import { intern, ownCopy } from "./intern.js";
import { Unreadable } from "./unreadable.js";

/** Text as sent, untrimmed. */
export const text: Decoder<string | null> = ({ text: value }) => (value === "" ? null : intern(value));

/** A token without the white space around it. */
export const token: Decoder<string | null> = ({ text: value }) => {
  const trimmed = value.trim();
  return trimmed === "" ? null : intern(trimmed);
};

/** A name or an address of a person, without the white space around it. It is kept no longer than its answer. */
export const personal: Decoder<string | null> = ({ text: value }) => {
  const trimmed = value.trim();
  return trimmed === "" ? null : ownCopy(trimmed);
};

/** The limit of GraphQL's Int. */
const largestInt = 2 ** 31 - 1;

/** A whole number from 0 to 2³¹−1: counts, lengths, positions, years. */
export const integer = parsedBy((digits) => {
  const number = /^\d{1,15}$/.test(digits) ? Number(digits) : Number.NaN;
  return number <= largestInt ? number : undefined;
});

const floatingPoint = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

/** A measure such as a score, never money. In any form of XML Schema's `double`: .NET writes "4.2E-05". */
export const real = parsedBy((digits) => {
  const number = floatingPoint.test(digits) ? Number(digits) : Number.NaN;
  return Number.isFinite(number) ? number : undefined;
});

/** Decimal text, digit for digit as sent ("5", "7.99"). "N/A" means that there is no price. */
export const decimal = parsedBy((digits) => {
  if (isDecimal(digits)) return intern(digits);
  return digits.toUpperCase() === "N/A" ? null : undefined;
});

const flags: ReadonlyMap<string, boolean> = new Map([
  ["true", true],
  ["1", true],
  ["false", false],
  ["0", false],
]);

function flagIn(word: string): boolean | undefined {
  return flags.get(word.toLowerCase());
}

/** As XML Schema writes booleans, in whatever case; the document writes "True", answers "true". */
export const flag = parsedBy(flagIn);

/** The same in an attribute of the element; undefined where it has none. */
export function flagAttribute(name: string): Decoder<boolean | Unreadable | undefined> {
  return (element, reading) => {
    const word = attributeValue(element, name)?.trim();
    if (word === undefined || word === "") return undefined;
    const value = flagIn(word);
    if (value !== undefined) return value;
    reading.note("UNREADABLE", `@${name}`);
    return reading.unreadableNamed(name);
  };
}

/** A date or a date and time. */
export const moment = tokenThat(isWrittenMoment);
export const httpUrl = tokenThat(isHttpUrl);
export const isrc = tokenThat(isIsrc);
export const numericId = tokenThat(isNumericId);

function tokenThat(isReadable: (token: string) => boolean): Decoder<string | Unreadable | null> {
  return parsedBy((token) => (isReadable(token) ? intern(token) : undefined));
}

/** @param parse Gives undefined for a token that cannot be read. */
export function parsedBy<T>(parse: (token: string) => T | undefined): Decoder<T | Unreadable | null> {
  return (element, reading) => {
    const trimmed = element.text.trim();
    if (trimmed === "") return null;
    const value = parse(trimmed);
    return value === undefined ? reading.unreadable(element) : value;
  };
}

/** A value without which the object around it is of no use. */
export function needed<T>(read: Decoder<T | Unreadable>): Decoder<T> {
  return mapped(read, (value, reading) => (value instanceof Unreadable ? reading.fail("cannot be read") : value));
}
