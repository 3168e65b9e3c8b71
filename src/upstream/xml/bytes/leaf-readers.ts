/** Readers of elements that hold one value. */
import type { AttributeForm, LeafForm, TokenForm } from "../form.js";
import type { Reading } from "../reading.js";
import type { ElementName } from "./element-name.js";
import { longestRemembered, Memo } from "./memo.js";
import { skipContent } from "./skip.js";
import { nothing, type Place } from "./place.js";
import { greaterThan, isNotAscii, isOdd, lessThan, slash } from "./scan.js";
import { gaveUp, type ElementReader, type Source } from "./source.js";
import { endTag, openTag } from "./tags.js";
import { attributeTextOf, mixedText, textOf } from "./texts.js";
import { addToHash, bytesBelow, fourTimes, hasHighBytes, lowBytes, oddBytes, zeroBytes } from "./words.js";

const placesOfMemo = 2048;
const memos = new WeakMap<LeafForm, Memo>();

/** One for all elements that are read in the same way. */
function memoOf(form: LeafForm): Memo | undefined {
  if (!form.isShared) return undefined;
  const memo = memos.get(form) ?? new Memo(placesOfMemo);
  memos.set(form, memo);
  return memo;
}

const fourLessThan = fourTimes(lessThan);
/** In the place of the bytes that do not count: they are not odd. */
const highSpaces = fourTimes(0x20);

/** As `textKinds`. */
function kindsOf(words: number, odd: number): number {
  return (odd === 0 ? 0 : isOdd) | (hasHighBytes(words) ? isNotAscii : 0);
}

/** Its text as a value. */
export class LeafReader implements ElementReader {
  private readonly memo: Memo | undefined;
  private readonly name: ElementName;

  constructor(
    private readonly form: LeafForm,
    private readonly place: Place,
  ) {
    this.memo = memoOf(form);
    this.name = place.name;
  }

  read(source: Source): unknown {
    const { bytes, view } = source;
    let start = source.at + 1;
    if (bytes[source.at] !== greaterThan) {
      if (!openTag(source)) return gaveUp;
      if (source.isNil && !this.place.readsNil) return nothing(source, this.place);
      if (source.isEmpty) return null;
      start = source.at;
    }
    let at = start;
    let all = 0;
    let odd = 0;
    let hash = 0;
    let word = view.getInt32(at, true);
    let found = zeroBytes(word ^ fourLessThan);
    while (found === 0) {
      all |= word;
      odd |= oddBytes(word);
      hash = addToHash(hash, word);
      at += 4;
      word = view.getInt32(at, true);
      found = zeroBytes(word ^ fourLessThan);
    }
    const left = bytesBelow(found);
    word &= lowBytes[left] as number;
    const kinds = kindsOf(all | word, odd | oddBytes(word | (highSpaces << (8 * left))));
    hash = addToHash(hash, word);
    at += left;
    if (bytes[at + 1] !== slash) return this.mixed(source, start);
    source.at = endTag(source, at, this.name);
    if (source.at === -1) return gaveUp;
    return at === start ? null : this.value(source, start, at, kinds, hash);
  }

  private value({ bytes, view, reading }: Source, start: number, end: number, kinds: number, hash: number): unknown {
    const length = end - start;
    const memo = length <= longestRemembered ? this.memo : undefined;
    const known = memo?.find(view, start, length, hash);
    if (known !== undefined) return known;
    const text = textOf(bytes, start, end, kinds);
    if (text === undefined) return gaveUp;
    const value = this.parsed(text);
    if (value === undefined) return reading.unreadable({ name: this.place.name.text });
    memo?.remember(view, start, length, hash, value);
    return value;
  }

  private mixed(source: Source, start: number): unknown {
    source.at = start;
    const text = mixedText(source);
    if (text === undefined) return gaveUp;
    source.at = endTag(source, source.at, this.name);
    if (source.at === -1) return gaveUp;
    const value = this.parsed(text);
    return value === undefined ? source.reading.unreadable({ name: this.place.name.text }) : value;
  }

  private parsed(written: string): unknown {
    const text = this.form.isTrimmed ? written.trim() : written;
    return text === "" ? null : this.form.parse(text);
  }
}

const longestQuick = 9;
const digitZero = 0x30;

/** Its text as a whole number: mostly without making a text of it. */
export class WholeNumberReader implements ElementReader {
  private readonly general: LeafReader;
  private readonly name: ElementName;

  constructor(form: LeafForm, place: Place) {
    this.general = new LeafReader(form, place);
    this.name = place.name;
  }

  read(source: Source): unknown {
    const { bytes, at: start } = source;
    let at = start + 1;
    let number = 0;
    for (let digit = (bytes[at] as number) - digitZero; digit >= 0 && digit <= 9; digit = (bytes[at] as number) - digitZero) {
      number = number * 10 + digit;
      at += 1;
    }
    const length = at - start - 1;
    if (bytes[start] !== greaterThan || bytes[at] !== lessThan || length === 0 || length > longestQuick) return this.general.read(source);
    const end = endTag(source, at, this.name);
    if (end === -1) return this.general.read(source);
    source.at = end;
    return number;
  }
}

/** A token in one of its attributes, whatever it holds. */
export class AttributeReader implements ElementReader {
  private readonly attribute: Uint8Array;

  constructor(
    private readonly form: AttributeForm,
    private readonly place: Place,
  ) {
    this.attribute = Buffer.from(form.name);
  }

  read(source: Source): unknown {
    if (!openTag(source)) return gaveUp;
    if (source.isNil && !this.place.readsNil) return nothing(source, this.place);
    const word = trimmedAttribute(source, this.attribute);
    // Read before, it has been passed over before.
    if (source.knownEnd !== -1) source.at = source.knownEnd;
    else if (!source.isEmpty && !skipContent(source, this.place.name, this.place.depth)) return gaveUp;
    if (word === undefined || word === "") return undefined;
    const value = this.form.parse(word);
    return value === undefined ? unreadableAttribute(source.reading, this.form.name) : value;
  }
}

/** As `flagAttribute` reports it: see values.ts. */
function unreadableAttribute(reading: Reading, name: string): unknown {
  reading.note("UNREADABLE", `@${name}`);
  return reading.unreadableNamed(name);
}

/** A token in one of its attributes and in its text. */
export class TokenReader implements ElementReader {
  private readonly attribute: Uint8Array;

  constructor(
    private readonly form: TokenForm,
    private readonly place: Place,
  ) {
    this.attribute = Buffer.from(form.attribute);
  }

  read(source: Source): unknown {
    if (!openTag(source)) return gaveUp;
    if (source.isNil && !this.place.readsNil) return nothing(source, this.place);
    const ofAttribute = trimmedAttribute(source, this.attribute) ?? "";
    const text = source.isEmpty ? "" : mixedText(source);
    if (text === undefined) return gaveUp;
    if (!source.isEmpty) source.at = endTag(source, source.at, this.place.name);
    if (source.at === -1) return gaveUp;
    const value = this.form.parse(ofAttribute, text.trim());
    return value === undefined ? source.reading.unreadable({ name: this.place.name.text }) : value;
  }
}

/** Of the start tag that was read last. */
function trimmedAttribute({ bytes, attributes }: Source, name: Uint8Array): string | undefined {
  const i = attributes.find(name);
  if (i === -1) return undefined;
  return attributeTextOf(
    bytes,
    attributes.valueStarts[i] as number,
    attributes.valueEnds[i] as number,
    attributes.kinds[i] as number,
  )?.trim();
}
