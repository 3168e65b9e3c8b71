/** The reader of elements that hold members. */
import type { ObjectForm } from "../form.js";
import { failed } from "../reading.js";
import { takeChild, type Child, type Children } from "./children.js";
import type { Problem, Taker } from "./taker.js";
import { nothing, type Place } from "./place.js";
import type { ElementName } from "./element-name.js";
import { AttributeSlot } from "./attribute-slot.js";
import { isFailure } from "./failure.js";
import { maxNodes, skipContent, skipUnknown } from "./skip.js";
import { afterSpace, endOfName, exclamationMark, isSpace, lessThan, slash } from "./scan.js";
import { gaveUp, type ElementReader, type Source } from "./source.js";
import { endTag, openTag } from "./tags.js";
import { afterComment } from "./texts.js";
import { fourTimes } from "./words.js";

/** What an object is read with. */
export interface Parts {
  readonly form: ObjectForm;
  readonly place: Place;
  readonly children: Children;
  readonly takers: readonly Taker[];
}

export class ObjectReader implements ElementReader {
  /** An object's, before it is read. */
  private readonly noValues: readonly unknown[];
  private readonly attributes: readonly AttributeSlot[];
  private readonly lists: readonly number[];
  private readonly required: readonly { readonly index: number; readonly name: string }[];
  private readonly name: ElementName;

  constructor(private readonly parts: Parts) {
    const { slots } = parts.form;
    this.noValues = slots.map(() => undefined);
    this.attributes = slots.flatMap(({ member }, index) => (member.kind === "attribute" ? [new AttributeSlot(member, index)] : []));
    this.lists = parts.takers.flatMap((taker) => (taker.isList ? [taker.index] : []));
    this.required = slots.flatMap(({ member: { kind, required, name } }, index) => (kind === "child" && required ? [{ index, name }] : []));
    this.name = parts.place.name;
  }

  read(source: Source): unknown {
    const { place } = this.parts;
    if (!openTag(source)) return gaveUp;
    if (isNone(source, place)) return nothing(source, place);
    const { isEmpty } = source;
    const values = this.noValues.slice();
    let problem = this.readAttributes(source, values);
    if (problem === undefined && !isEmpty) problem = this.readChildren(source, values);
    if (problem === undefined) return this.made(source, values);
    // What is left of it must be well-formed all the same.
    return problem === failed && (isEmpty || skipContent(source, this.name, place.depth)) ? failed : gaveUp;
  }

  private made({ reading }: Source, values: unknown[]): unknown {
    for (const index of this.lists) values[index] = listOf(values[index] as readonly unknown[] | undefined);
    for (const { index, name } of this.required) {
      if (values[index] === undefined || values[index] === null) return reading.missing(name);
    }
    return this.parts.form.make(values);
  }

  private readAttributes(source: Source, values: unknown[]): Problem {
    for (const slot of this.attributes) {
      const value = slot.read(source);
      if (value === failed || value === gaveUp) return value;
      values[slot.index] = value;
    }
    return undefined;
  }

  /** Up to the end of the element, or of the child that is a problem. */
  private readChildren(source: Source, values: unknown[]): Problem {
    const { bytes } = source;
    const { children, place } = this.parts;
    const depth = place.depth + 1;
    let expected = children.first;
    let previous: Child | undefined;
    for (;;) {
      const at = nextTag(source);
      if (at === -1) return gaveUp;
      if (bytes[at + 1] === slash) {
        source.at = endTag(source, at, this.name);
        return source.at === -1 ? gaveUp : undefined;
      }
      if (!isReadable(source, at, depth)) return gaveUp;
      const child = children.find(source, at, expected);
      if (child === undefined) {
        if (!passUnknown(source, at + 1, depth)) return gaveUp;
        continue;
      }
      if (child !== expected && previous !== undefined) previous.next = child;
      source.at = at + child.name.open.length;
      const problem = takeChild(source, child, values, depth);
      if (problem !== undefined) return problem;
      previous = child;
      expected = child.next;
    }
  }
}

/** @param at Where the start tag of a child begins. @param depth Of the child. */
function isReadable(source: Source, at: number, depth: number): boolean {
  source.nodes += 1;
  if (at >= source.lastTag || source.nodes > maxNodes) return false;
  return depth > 1 || !isFailure(source, at + 1);
}

const fourSpaces = fourTimes(0x20);
const fourTabs = fourTimes(0x09);

/** At the "<" of the next tag. -1 gives up: there is text. */
function nextTag({ bytes, view, at: start, lastTag }: Source): number {
  let at = start;
  for (;;) {
    while (at < lastTag) {
      const word = view.getInt32(at, true);
      if (word === fourSpaces || word === fourTabs) at += 4;
      else if (isSpace(word & 0xff)) at += 1;
      else break;
    }
    if (bytes[at] !== lessThan) return -1;
    if (bytes[at + 1] !== exclamationMark) return at;
    at = afterComment(bytes, at);
    if (at === -1) return -1;
  }
}

/** @see `isNone` in decode.ts */
function isNone(source: Source, place: Place): boolean {
  if (source.isNil) return !place.readsNil;
  return place.isNoneWhereEmpty && !source.hasData && isBlank(source);
}

/** Whether nothing but white space and comments is left up to an end tag. */
function isBlank({ bytes, at: start, isEmpty }: Source): boolean {
  if (isEmpty) return true;
  let at = afterSpace(bytes, start);
  while (bytes[at] === lessThan && bytes[at + 1] === exclamationMark && at !== -1) at = afterSpace(bytes, afterComment(bytes, at));
  return bytes[at] === lessThan && bytes[at + 1] === slash;
}

function passUnknown(source: Source, start: number, depth: number): boolean {
  const { bytes, reading } = source;
  reading.unknown({ name: bytes.toString("latin1", start, endOfName(bytes, start)) });
  return skipUnknown(source, start, depth);
}

/** With room for no more than it holds. */
function listOf(items: readonly unknown[] = []): readonly unknown[] {
  return Object.freeze(items.length > 1 ? items.slice() : items);
}
