/** Decoders: from an element of an answer to a typed, frozen value. They distinguish absent (`undefined`: this answer does not say), empty or
 *  `xsi:nil` (`null`: there is none), and a value. What cannot be read costs as little as possible: a value becomes `Unreadable`, an item of a
 *  list is skipped. */
import { isNumericId } from "../../formats/value-formats.js";
import { intern } from "./intern.js";
import { failed, type Failed, type Reading } from "./reading.js";
import type { Unreadable } from "./unreadable.js";
import type { XmlElement } from "./xml.js";

/** Reads one element. */
export type Decoder<T> = (element: XmlElement, reading: Reading) => T | Failed;

/** One member of an object: where it is and how it is read. */
interface Member {
  readonly kind: "attribute" | "child" | "part" | "children" | "places";
  readonly name: string;
  readonly required: boolean;
  readonly read: Decoder<unknown> | undefined;
  /** Of an attribute: whether the value can be one. */
  readonly isValid?: (value: string) => boolean;
}
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

interface Slot {
  readonly key: string;
  readonly member: Member;
}

/** An object of members. Every member is a property of the result, so that all results of one decoder share one shape.
 *  @param unused Names of child elements that 7digital is known to send and that are not read. Any other is reported as unknown. */
export function object<M extends Members>(members: M, unused: readonly string[] = []): Decoder<ObjectOf<M>> {
  const slots: readonly Slot[] = Object.entries(members).map(([key, member]) => ({ key, member }));
  // Copying an object is faster than setting its members one by one.
  const absent = Object.fromEntries(slots.map(({ key }) => [key, undefined]));
  const attributes = slots.filter((slot) => slot.member.kind === "attribute");
  const byChild = new Map<string, readonly Slot[]>(unused.map((name) => [name, []]));
  for (const slot of slots) {
    if (slot.member.kind !== "attribute") byChild.set(slot.member.name, [...(byChild.get(slot.member.name) ?? []), slot]);
  }
  const listSlots = slots.filter(({ member }) => member.kind === "children" || member.kind === "places");
  const requiredSlots = slots.filter((slot) => slot.member.kind === "child" && slot.member.required);

  const decoder: Decoder<ObjectOf<M>> = (element, reading) => {
    const result: Record<string, unknown> = { ...absent };
    for (const { key, member } of attributes) {
      const value = readAttribute(element, member);
      if (value === undefined && member.required) return reading.missing(`@${member.name}`);
      if (value !== undefined && member.isValid?.(value) === false) return reading.unreadableAttribute(member.name);
      result[key] = value;
    }
    for (const { key } of listSlots) result[key] = [];
    for (const item of element.children) {
      const wanted = byChild.get(item.name);
      if (wanted === undefined) reading.unknown(item);
      else if (!takeAll(result, wanted, item, reading)) return failed;
    }
    for (const { key } of listSlots) Object.freeze(result[key]);
    for (const { key, member } of requiredSlots) {
      if (result[key] === undefined || result[key] === null) return reading.missing(member.name);
    }
    return Object.freeze(result) as ObjectOf<M>;
  };
  emptyMeans.set(decoder, "null");
  return decoder;
}

/** What an empty element means, by its decoder; it is a value like any other for those that are not here. */
const emptyMeans = new WeakMap<Decoder<unknown>, "null" | "empty list">();

/** As `object`, for a list with members of its own: an empty or nil element is the empty list, not null. */
export function list<M extends Members>(members: M, unused: readonly string[] = []): Decoder<ObjectOf<M>> {
  const decoder = object(members, unused);
  emptyMeans.set(decoder, "empty list");
  return decoder;
}

function isNone(item: XmlElement, { read }: Member): boolean {
  const isEmpty = item.nil || (item.attributes.length === 0 && item.children.length === 0 && item.text.trim() === "");
  if (!isEmpty) return false;
  const meaning = read && emptyMeans.get(read);
  return item.nil ? meaning !== "empty list" : meaning === "null";
}

/** False where the object cannot be read without the child. */
function takeAll(result: Record<string, unknown>, wanted: readonly Slot[], item: XmlElement, reading: Reading): boolean {
  for (const slot of wanted) if (!take(result, slot, item, reading)) return false;
  return true;
}

function take(result: Record<string, unknown>, { key, member }: Slot, item: XmlElement, reading: Reading): boolean {
  if (member.kind === "children" || member.kind === "places") {
    const value = item.nil ? failed : readChild(item, member, reading);
    if (value === failed) reading.note("SKIPPED_ITEM", member.name);
    if (value !== failed || member.kind === "places")
      (result[key] as unknown[]).push(value === failed ? reading.unreadableNamed(member.name) : value);
  } else if (result[key] === undefined) {
    const value = isNone(item, member) ? null : readChild(item, member, reading);
    if (value === failed && member.kind !== "part") return false;
    result[key] = value === failed ? reading.unreadableNamed(member.name) : value;
  }
  return true;
}

function readChild(item: XmlElement, { name, read }: Member, reading: Reading): unknown {
  const before = reading.size;
  const value = read?.(item, reading);
  if (value === failed || reading.size !== before) reading.inside(name, before, value);
  return value;
}

function readAttribute(element: XmlElement, { name }: Member): string | undefined {
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
  return (element, reading) => {
    const value = read(element, reading);
    return value === failed ? failed : turn(value, reading);
  };
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
