/** Decoders: from an element of an answer to a typed, frozen value. They tell three things apart that 7digital means to be apart:
 *  absent (`undefined`: this answer did not say), empty or `xsi:nil` (`null`: it said there is none), and a value.
 *  Text is given exactly as it was sent; nothing is guessed to be a number. */
import { keptText } from "./kept-text.js";
import type { XmlElement } from "./xml.js";

/** An answer that is well-formed XML but not what its method should answer. */
export class DecodeError extends Error {
  override readonly name = "DecodeError";
  readonly path: string[] = [];

  /** Names the place, from the outside in, as the error passes through it. */
  at(name: string): this {
    this.path.unshift(name);
    this.message = `${this.path.join("/")}: ${this.problem}`;
    return this;
  }

  constructor(private readonly problem: string) {
    super(problem);
  }
}

/** Reads one element. @throws DecodeError */
export type Decoder<T> = (element: XmlElement) => T;

/** Text as it stands, untrimmed. */
export const text: Decoder<string | null> = ({ text: value }) => (value === "" ? null : keptText(value));

/** A URL or another token around which white space means nothing. */
export const token: Decoder<string | null> = ({ text: value }) => {
  const trimmed = value.trim();
  return trimmed === "" ? null : keptText(trimmed);
};

const wholeNumber = /^-?\d{1,15}$/;

/** A whole number; null for anything else, for one unreadable number should not cost a whole answer. */
export const integer: Decoder<number | null> = ({ text: value }) => {
  const trimmed = value.trim();
  return wholeNumber.test(trimmed) ? Number(trimmed) : null;
};

/** A measure such as a score, where binary fractions are good enough. Never money. */
export const real: Decoder<number | null> = ({ text: value }) => {
  const number = Number.parseFloat(value);
  return Number.isFinite(number) ? number : null;
};

const decimalNumber = /^-?\d+(?:\.\d+)?$/;

/** Decimal text, digit for digit as sent ("5", "7.99"); null for anything else ("N/A"). */
export const decimal: Decoder<string | null> = ({ text: value }) => {
  const trimmed = value.trim();
  return decimalNumber.test(trimmed) ? keptText(trimmed) : null;
};

/** "true" in whatever case; the document writes "True", answers "true". */
export const flag: Decoder<boolean | null> = ({ text: value }) => {
  const trimmed = value.trim().toLowerCase();
  return trimmed === "true" ? true : trimmed === "false" ? false : null;
};

/** One member of an object: where it is found and how it is read. */
interface Member<T> {
  readonly kind: "attribute" | "child" | "children";
  readonly name: string;
  readonly required: boolean;
  readonly read: Decoder<T> | undefined;
}
// `T` stands only for what the member gives; a brand keeps it for inference.
interface Typed<T> extends Member<unknown> {
  readonly gives?: T;
}

/** A required attribute, as trimmed text: ids stay text. */
export function attribute(name: string): Typed<string> {
  return { kind: "attribute", name, required: true, read: undefined };
}

/** An attribute that may be absent. */
export function optionalAttribute(name: string): Typed<string | undefined> {
  return { kind: "attribute", name, required: false, read: undefined };
}

/** The first child of that name: `undefined` when there is none, `null` when it is `xsi:nil`. */
export function child<T>(name: string, read: Decoder<T>): Typed<T | null | undefined> {
  return { kind: "child", name, required: false, read };
}

/** A child that must be there and hold something. */
export function required<T>(name: string, read: Decoder<T>): Typed<NonNullable<T>> {
  return { kind: "child", name, required: true, read };
}

/** All children of that name: none is the empty list, one is a list of one. */
export function children<T>(name: string, read: Decoder<T>): Typed<readonly T[]> {
  return { kind: "children", name, required: false, read };
}

type Members = Readonly<Record<string, Typed<unknown>>>;
type ObjectOf<M extends Members> = { readonly [K in keyof M]: M[K] extends Typed<infer T> ? T : never };
/** What a decoder gives. */
export type Decoded<D> = D extends Decoder<infer T> ? T : never;

interface Slot {
  readonly key: string;
  readonly member: Member<unknown>;
}

/** An object of members. Every member is a property of the result, so that all results of one decoder share one shape. */
export function object<M extends Members>(members: M): Decoder<ObjectOf<M>> {
  const slots: readonly Slot[] = Object.entries(members).map(([key, member]) => ({ key, member }));
  const attributes = slots.filter((slot) => slot.member.kind === "attribute");
  const byChild = new Map<string, readonly Slot[]>();
  for (const slot of slots) {
    if (slot.member.kind !== "attribute") byChild.set(slot.member.name, [...(byChild.get(slot.member.name) ?? []), slot]);
  }
  const manySlots = slots.filter((slot) => slot.member.kind === "children");
  const requiredSlots = slots.filter((slot) => slot.member.kind === "child" && slot.member.required);

  const decoder: Decoder<ObjectOf<M>> = (element) => {
    const result: Record<string, unknown> = {};
    for (const { key } of slots) result[key] = undefined;
    for (const slot of attributes) result[slot.key] = readAttribute(element, slot.member);
    for (const { key } of manySlots) result[key] = [];
    for (const item of element.children) {
      const wanted = byChild.get(item.name);
      if (wanted !== undefined) for (const slot of wanted) take(result, slot, item);
    }
    for (const { key } of manySlots) Object.freeze(result[key]);
    for (const { key, member } of requiredSlots) {
      if (result[key] === undefined || result[key] === null) throw new DecodeError("is missing").at(member.name);
    }
    return Object.freeze(result) as ObjectOf<M>;
  };
  objectDecoders.add(decoder);
  return decoder;
}

const objectDecoders = new WeakSet<Decoder<unknown>>();

/** `<artist/>` where an object belongs says that there is none; where a list belongs it is the empty list. */
function isNoObject(item: XmlElement, { read }: Member<unknown>): boolean {
  const empty = item.attributes.length === 0 && item.children.length === 0 && item.text.trim() === "";
  return empty && read !== undefined && objectDecoders.has(read);
}

function take(result: Record<string, unknown>, { key, member }: Slot, item: XmlElement): void {
  if (member.kind === "children") {
    if (!isNil(item)) (result[key] as unknown[]).push(readChild(item, member));
  } else if (result[key] === undefined) {
    result[key] = isNil(item) || isNoObject(item, member) ? null : readChild(item, member);
  }
}

function readChild(item: XmlElement, member: Member<unknown>): unknown {
  try {
    return member.read?.(item);
  } catch (error) {
    throw error instanceof DecodeError ? error.at(member.name) : error;
  }
}

function readAttribute(element: XmlElement, member: Member<unknown>): string | undefined {
  const value = attributeValue(element, member.name)?.trim();
  if (value !== undefined && value !== "") return keptText(value);
  if (member.required) throw new DecodeError("is missing").at(`@${member.name}`);
  return undefined;
}

/** The attribute's value as written; undefined when there is none. */
export function attributeValue(element: XmlElement, name: string): string | undefined {
  const { attributes } = element;
  for (let i = 0; i < attributes.length; i += 2) if (attributes[i] === name) return attributes[i + 1];
  return undefined;
}

function isNil(element: XmlElement): boolean {
  return element.attributes.length > 0 && attributeValue(element, "xsi:nil")?.trim() === "true";
}

/** The list inside a wrapping element: `<formats><format/>…</formats>`. */
export function listOf<T>(name: string, read: Decoder<T>): Decoder<readonly T[]> {
  const wrapper = object({ items: children(name, read) });
  return (element) => wrapper(element).items;
}

/** What stands in the one child of that name. */
export function inside<T>(name: string, read: Decoder<T>): Decoder<NonNullable<T>> {
  const wrapper = object({ content: required(name, read) });
  return (element) => wrapper(element).content;
}
