/** What a decoder reads, as data. Both readers are made of it: the one of trees (decode.ts, values.ts) and the one of bytes (bytes/compile.ts). */
import { failed, type Failed, type Reading } from "./reading.js";
import type { XmlElement } from "./xml.js";

/** Reads one element. */
export interface Decoder<T> {
  (element: XmlElement, reading: Reading): T | Failed;
  /** What it reads. One without a form looks at the whole element. */
  readonly form?: Form;
}

/** The HTTP response that a result is read from. */
export interface Received {
  readonly httpStatus: number;
  /** By its name in lower case. */
  readonly header: (name: string) => string | undefined;
  readonly body: string;
}

/** Reads a whole response. Every decoder does, and leaves `received` alone. */
export interface Result<T> {
  (element: XmlElement, reading: Reading, received: Received): T | Failed;
  readonly form?: Form | ReceivedForm;
}

export type Form = LeafForm | ObjectForm | MappedForm | AttributeForm | TokenForm | IdentifiedForm;

/** A value that is the text of the element. */
export interface LeafForm {
  readonly kind: "leaf";
  /** Whether the white space around it does not count. */
  readonly isTrimmed: boolean;
  /** Whether the process may remember short values, as it does with types, currencies and labels. Not what concerns one person. */
  readonly isShared: boolean;
  /** Gets text that is not empty. Undefined where it cannot be read. */
  readonly parse: (text: string) => unknown;
  /** Whether the text is mostly a whole number in digits, which `parse` turns into it. */
  readonly isWholeNumber: boolean;
}

/** One member of an object: where it is and how it is read. */
export interface Member {
  readonly kind: "attribute" | "child" | "part" | "children" | "places";
  readonly name: string;
  readonly required: boolean;
  readonly read: Decoder<unknown> | undefined;
  /** Of an attribute: whether the value can be one. */
  readonly isValid?: (value: string) => boolean;
}

export interface Slot {
  readonly key: string;
  readonly member: Member;
}

export interface ObjectForm {
  readonly kind: "object";
  /** In the order of the members. */
  readonly slots: readonly Slot[];
  /** Children that are known and not read. */
  readonly unused: readonly string[];
  /** What an empty element means in the place of the object. */
  readonly emptyMeans: "null" | "empty list";
  /** Makes the frozen object of the values of its slots. */
  readonly make: (values: readonly unknown[]) => object;
}

/** A value made of another decoder's. */
export interface MappedForm {
  readonly kind: "mapped";
  readonly of: Decoder<unknown>;
  readonly turn: (value: never, reading: Reading) => unknown;
}

/** A token in an attribute of the element, whatever it holds. */
export interface AttributeForm {
  readonly kind: "attribute";
  readonly name: string;
  /** Undefined where it cannot be read. */
  readonly parse: (token: string) => unknown;
}

/** A token that is written twice: in an attribute of the element and as its text. */
export interface TokenForm {
  readonly kind: "token";
  readonly attribute: string;
  /** Undefined where neither can be read. Each is empty where it is not there. */
  readonly parse: (ofAttribute: string, text: string) => unknown;
}

/** A value with the id of its element, which may be there where the value cannot be read. */
export interface IdentifiedForm {
  readonly kind: "identified";
  readonly of: Decoder<unknown>;
}

/** A value made of another one and of the HTTP response. */
export interface ReceivedForm {
  readonly kind: "received";
  readonly of: Form;
  readonly turn: (value: never, received: Received) => unknown;
}

/** A decoder that can be read either way. */
export function decoder<T>(form: Form, read: (element: XmlElement, reading: Reading) => T | Failed): Decoder<T> {
  return Object.assign(read, { form });
}

/** A result with something of the HTTP response. `failed` stays. */
export function withReceived<T, U>(read: Result<T>, turn: (value: T, received: Received) => U): Result<U> {
  const result: Result<U> = (element, reading, received) => {
    const value = read(element, reading, received);
    return value === failed ? failed : turn(value, received);
  };
  const { form: of } = read;
  return of === undefined || of.kind === "received" ? result : Object.assign(result, { form: { kind: "received", of, turn } as const });
}
