/** Decoders of single values. An empty element is null; a value that cannot be read is `Unreadable`, never a part of it or a guess. */
import { isWrittenMoment } from "../../formats/moments.js";
import { isDecimal, isHttpUrl, isIsrc, isNumericId } from "../../formats/value-formats.js";
import { attributeValue, mapped, type Decoder } from "./decode.js";
import { decoder, type LeafForm } from "./form.js";
import { intern, ownCopy } from "./intern.js";
import { Unreadable } from "./unreadable.js";

const asWritten = (text: string): string => text;

/** Text as sent, untrimmed. */
export const text = leaf({ isTrimmed: false, isShared: true, parse: asWritten });

/** A token without the white space around it. */
export const token = leaf({ isTrimmed: true, isShared: true, parse: asWritten });

/** A name or an address of a person, without the white space around it. It is kept no longer than its answer. */
export const personal = leaf({ isTrimmed: true, isShared: false, parse: asWritten });

/** The limit of GraphQL's Int. */
const largestInt = 2 ** 31 - 1;

/** A whole number from 0 to 2³¹−1: counts, lengths, positions, years. */
export const integer: Decoder<number | Unreadable | null> = leaf({
  isTrimmed: true,
  isShared: true,
  isWholeNumber: true,
  parse(digits): number | undefined {
    const number = /^\d{1,15}$/.test(digits) ? Number(digits) : Number.NaN;
    return number <= largestInt ? number : undefined;
  },
});

const floatingPoint = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

/** A measure such as a score, never money. In any form of XML Schema's `double`: .NET writes "4.2E-05". */
export const real = sharedParsedBy((digits) => {
  const number = floatingPoint.test(digits) ? Number(digits) : Number.NaN;
  return Number.isFinite(number) ? number : undefined;
});

/** Decimal text, digit for digit as sent ("5", "7.99"). "N/A" means that there is no price. */
export const decimal = sharedParsedBy((digits) => {
  if (isDecimal(digits)) return digits;
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
export const flag = sharedParsedBy(flagIn);

/** The same in an attribute of the element; undefined where it has none. */
export function flagAttribute(name: string): Decoder<boolean | Unreadable | undefined> {
  return decoder({ kind: "attribute", name, parse: flagIn }, (element, reading) => {
    const word = attributeValue(element, name)?.trim();
    if (word === undefined || word === "") return undefined;
    const value = flagIn(word);
    if (value !== undefined) return value;
    reading.note("UNREADABLE", `@${name}`);
    return reading.unreadableNamed(name);
  });
}

/** A date or a date and time. */
export const moment = tokenThat(isWrittenMoment);
export const httpUrl = tokenThat(isHttpUrl);
export const isrc = tokenThat(isIsrc);
export const numericId = tokenThat(isNumericId);

function tokenThat(isReadable: (token: string) => boolean): Decoder<string | Unreadable | null> {
  return sharedParsedBy((token) => (isReadable(token) ? token : undefined));
}

/** For what concerns one person: the process remembers neither the token nor what it was parsed into.
 *  @param parse Gives undefined for a token that cannot be read. */
export function parsedBy<T>(parse: (token: string) => T | undefined): Decoder<T | Unreadable | null> {
  return leaf({ isTrimmed: true, isShared: false, parse });
}

/** The same for what concerns no person. What it is parsed into must be frozen. */
export function sharedParsedBy<T>(parse: (token: string) => T | undefined): Decoder<T | Unreadable | null> {
  return leaf({ isTrimmed: true, isShared: true, parse });
}

/** A token that the element has twice: in an attribute and as its text.
 *  @param parse Gives undefined where neither can be read. Each is empty where it is not there. */
export function tokenWith<T>(attribute: string, parse: (ofAttribute: string, text: string) => T | undefined): Decoder<T | Unreadable> {
  return decoder({ kind: "token", attribute, parse }, (element, reading) => {
    const value = parse(attributeValue(element, attribute)?.trim() ?? "", element.text.trim());
    return value === undefined ? reading.unreadable(element) : value;
  });
}

type Leaf<T> = Pick<LeafForm, "isTrimmed" | "isShared"> & { readonly isWholeNumber?: boolean; readonly parse: (text: string) => T };

function leaf(form: Leaf<string>): Decoder<string | null>;
function leaf<T>(form: Leaf<T | undefined>): Decoder<T | Unreadable | null>;
function leaf<T>({ isTrimmed, isShared, isWholeNumber = false, parse }: Leaf<T | undefined>): Decoder<T | string | Unreadable | null> {
  const own = isShared ? intern : ownCopy;
  return decoder({ kind: "leaf", isTrimmed, isShared, isWholeNumber, parse }, (element, reading) => {
    const written = isTrimmed ? element.text.trim() : element.text;
    if (written === "") return null;
    const value = parse(written);
    if (value === undefined) return reading.unreadable(element);
    return typeof value === "string" ? own(value) : value;
  });
}

/** A value without which the object around it is of no use. */
export function needed<T>(read: Decoder<T | Unreadable>): Decoder<T> {
  return mapped(read, (value, reading) => (value instanceof Unreadable ? reading.fail("cannot be read") : value));
}
