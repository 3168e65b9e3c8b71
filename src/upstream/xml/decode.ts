/** Decoders: from an element of an answer to a typed, frozen value. They distinguish absent (`undefined`: this answer does not say), empty or
 *  `xsi:nil` (`null`: there is none), and a value. What cannot be read costs as little as possible: a value becomes `Unreadable`, an item of a
 *  list is skipped. */
import { isNumericId } from "../../formats/value-formats.js";
import { decoder, type Decoder, type Member, type ObjectForm, type Slot } from "./form.js";
import { intern } from "./intern.js";
import { failed, type Failed, type Reading } from "./reading.js";
import { makerOf } from "./shape.js";
import type { Unreadable } from "./unreadable.js";
import type { XmlElement } from "./xml.js";

export type { Decoder } from "./form.js";

// The brand keeps `T`, the member's type, for inference.
export interface Typed<T> extends Member {
  readonly gives?: T;
}

/** A required attribute, as trimmed text: IDs stay text. */
export function attribute(name: string): Typed<string> {
  return { kind: "attribute", name, required: true, read: undefined };
}

/** A required attribute that holds a whole number, as text. */
export function idAttribute(name: string): Typed<string> {
  return { ...attribute(name), isValid: isNumericId };
}

/** An attribute that may be absent. */
export function optionalAttribute(name: string): Typed<string | undefined> {
  return { kind: "attribute", name, required: false, read: undefined };
}

/** The first child of that name: `undefined` when there is none, `null` when it is `xsi:nil`. */
export function child<T>(name: string, read: Decoder<T>): Typed<T | null | undefined> {
  return { kind: "child", name, required: false, read };
}

/** As `child`, for an object that is `Unreadable` where it lacks something required, without costing the object around it. */
export function part<T>(name: string, read: Decoder<T>): Typed<T | Unreadable | null | undefined> {
  return { kind: "part", name, required: false, read };
}

/** A child that must be there and not be empty. */
export function required<T>(name: string, read: Decoder<T>): Typed<NonNullable<T>> {
  return { kind: "child", name, required: true, read };
}

/** All children of that name that can be read. */
export function children<T>(name: string, read: Decoder<T>): Typed<readonly T[]> {
  return { kind: "children", name, required: false, read };
}

/** All children of that name, each in its place: for lists where the number of items matters, or that one cannot be read. */
export function places<T>(name: string, read: Decoder<T>): Typed<readonly (T | Unreadable)[]> {
  return { kind: "places", name, required: false, read };
}

type Members = Readonly<Record<string, Typed<unknown>>>;
type ObjectOf<M extends Members> = { readonly [K in keyof M]: M[K] extends Typed<infer T> ? T : never };
/** The value of a decoder. */
export type Decoded<D> = D extends (element: XmlElement, reading: Reading) => infer T ? Exclude<T, Failed> : never;

/** An object of members. Every member is a property of the result, so that all results of one decoder share one shape.
 *  @param unused Names of child elements that 7digital is known to send and that are not read. Any other is reported as unknown. */
export function object<M extends Members>(members: M, unused: readonly string[] = []): Decoder<ObjectOf<M>> {
  return objectDecoder(members, unused, "null");
}

/** As `object`, for a list with members of its own: an empty or nil element is the empty list, not null. */
export function list<M extends Members>(members: M, unused: readonly string[] = []): Decoder<ObjectOf<M>> {
  return objectDecoder(members, unused, "empty list");
}

function objectDecoder<M extends Members>(
  members: M,
  unused: readonly string[],
  emptyMeans: ObjectForm["emptyMeans"],
): Decoder<ObjectOf<M>> {
  const slots: readonly Slot[] = Object.entries(members).map(([key, member]) => ({ key, member }));
  const make = makerOf(slots.map(({ key }) => key));
  const places = placesOfSlots(slots, unused);
  return decoder({ kind: "object", slots, unused, emptyMeans, make }, (element, reading) => {
    const values = valuesIn(element, places, reading);
    return values === failed ? failed : (make(values) as ObjectOf<M>);
  });
}

/** A slot and where its value stands among the values of its object. */
interface Place {
  readonly index: number;
  readonly member: Member;
}

interface Places {
  readonly count: number;
  readonly attributes: readonly Place[];
  readonly byChild: ReadonlyMap<string, readonly Place[]>;
  readonly lists: readonly Place[];
  readonly required: readonly Place[];
}

function placesOfSlots(slots: readonly Slot[], unused: readonly string[]): Places {
  const all = slots.map(({ member }, index) => ({ index, member }));
  const byChild = new Map<string, readonly Place[]>(unused.map((name) => [name, []]));
  for (const place of all) {
    const { kind, name } = place.member;
    if (kind !== "attribute") byChild.set(name, [...(byChild.get(name) ?? []), place]);
  }
  return {
    count: all.length,
    attributes: all.filter(({ member }) => member.kind === "attribute"),
    byChild,
    lists: all.filter(({ member }) => isList(member)),
    required: all.filter(({ member }) => member.kind === "child" && member.required),
  };
}

/** Whether all children of the name are read, and not the first alone. */
export function isList({ kind }: Member): boolean {
  return kind === "children" || kind === "places";
}

function valuesIn(element: XmlElement, places: Places, reading: Reading): unknown[] | Failed {
  const values = new Array<unknown>(places.count).fill(undefined);
  for (const { index, member } of places.attributes) {
    const value = readAttribute(element, member);
    if (value === undefined && member.required) return reading.missing(`@${member.name}`);
    if (value !== undefined && member.isValid?.(value) === false) return reading.unreadableAttribute(member.name);
    values[index] = value;
  }
  for (const { index } of places.lists) values[index] = [];
  for (const item of element.children) {
    const wanted = places.byChild.get(item.name);
    if (wanted === undefined) reading.unknown(item);
    else if (!takeAll(values, wanted, item, reading)) return failed;
  }
  for (const { index } of places.lists) values[index] = Object.freeze((values[index] as unknown[]).slice());
  for (const { index, member } of places.required) {
    if (values[index] === undefined || values[index] === null) return reading.missing(member.name);
  }
  return values;
}

function isNone(item: XmlElement, { read }: Member): boolean {
  const isEmpty = item.nil || (item.attributes.length === 0 && item.children.length === 0 && item.text.trim() === "");
  if (!isEmpty) return false;
  const meaning = read?.form?.kind === "object" ? read.form.emptyMeans : undefined;
  return item.nil ? meaning !== "empty list" : meaning === "null";
}

/** False where the object cannot be read without the child. */
function takeAll(values: unknown[], wanted: readonly Place[], item: XmlElement, reading: Reading): boolean {
  for (const place of wanted) if (!take(values, place, item, reading)) return false;
  return true;
}

function take(values: unknown[], { index, member }: Place, item: XmlElement, reading: Reading): boolean {
  if (isList(member)) {
    const value = item.nil ? failed : readChild(item, member, reading);
    if (value === failed) reading.note("SKIPPED_ITEM", member.name);
    if (value !== failed || member.kind === "places")
      (values[index] as unknown[]).push(value === failed ? reading.unreadableNamed(member.name) : value);
  } else if (values[index] === undefined) {
    const value = isNone(item, member) ? null : readChild(item, member, reading);
    if (value === failed && member.kind !== "part") return false;
    values[index] = value === failed ? reading.unreadableNamed(member.name) : value;
  }
  return true;
}

function readChild(item: XmlElement, { name, read }: Member, reading: Reading): unknown {
  const before = reading.size;
  const value = read?.(item, reading);
  if (value === failed || reading.size !== before) reading.inside(name, before, value);
  return value;
}

function readAttribute(element: XmlElement, { name }: Pick<Member, "name">): string | undefined {
  const value = attributeValue(element, name)?.trim();
  return value === undefined || value === "" ? undefined : intern(value);
}

/** The attribute's value as written; undefined when there is none. */
export function attributeValue(element: XmlElement, name: string): string | undefined {
  const { attributes } = element;
  for (let i = 0; i < attributes.length; i += 2) if (attributes[i] === name) return attributes[i + 1];
  return undefined;
}

/** Maps the value of a decoder; `failed` stays. */
export function mapped<T, U>(read: Decoder<T>, turn: (value: T, reading: Reading) => U | Failed): Decoder<U> {
  return decoder({ kind: "mapped", of: read, turn }, (element, reading) => {
    const value = read(element, reading);
    return value === failed ? failed : turn(value, reading);
  });
}

/** What `identified` gives. */
export interface Identified<T> {
  /** Undefined where there is none. */
  readonly itemId: string | undefined;
  readonly value: T | Unreadable;
}

/** A value with the `id` of its element. Where the value cannot be read, the id may still be there. */
export function identified<T>(read: Decoder<T>): Decoder<Identified<T>> {
  return decoder({ kind: "identified", of: read }, (element, reading) => {
    const itemId = readAttribute(element, { name: "id" });
    const value = read(element, reading);
    return Object.freeze({ itemId, value: value === failed ? reading.unreadableNamed(element.name) : value });
  });
}

/** The list inside a wrapping element: `<formats><format/>…</formats>`. */
export function listOf<T>(name: string, read: Decoder<T>): Decoder<readonly T[]> {
  return mapped(object({ items: children(name, read) }), ({ items }) => items);
}

/** The same in their places: see `places`. */
export function placesOf<T>(name: string, read: Decoder<T>): Decoder<readonly (T | Unreadable)[]> {
  return mapped(object({ items: places(name, read) }), ({ items }) => items);
}

/** The value of the one child of that name. */
export function inside<T>(name: string, read: Decoder<T>): Decoder<NonNullable<T>> {
  return mapped(object({ content: required(name, read) }), ({ content }) => content);
}
