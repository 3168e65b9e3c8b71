/** JSON text of leaf values. */
import { GraphQLBoolean, GraphQLID, GraphQLInt, GraphQLString, isEnumType, type GraphQLLeafType } from "graphql";
import { memoizePerObject } from "../../shared/memoize-per-object.js";

const quote = 0x22;
const backslash = 0x5c;
const firstPrintable = 0x20;
const firstSurrogate = 0xd800;
const lastSurrogate = 0xdfff;
/** A call of JSON.stringify takes as long as checking about so many characters. */
const longest = 64;
/** 32 bits, signed. */
const mostInt = 2 ** 31;

/** As JSON.stringify writes it. */
function quoted(text: string): string {
  const { length } = text;
  if (length > longest) return JSON.stringify(text);
  for (let i = 0; i < length; i += 1) {
    const code = text.charCodeAt(i);
    const isPlain = code >= firstPrintable && code !== quote && code !== backslash && (code < firstSurrogate || code > lastSurrogate);
    if (!isPlain) return JSON.stringify(text);
  }
  return `"${text}"`;
}

/** Writes values that the type of a leaf passes on as they are, which nearly all are; undefined for all others. */
export const plainWriter = memoizePerObject((type: GraphQLLeafType): ((value: unknown) => string | undefined) => {
  if (type === GraphQLString || type === GraphQLID) return (value) => (typeof value === "string" ? quoted(value) : undefined);
  if (type === GraphQLInt) return (value) => (Number.isInteger(value) && Math.abs(value as number) < mostInt ? String(value) : undefined);
  if (type === GraphQLBoolean) return (value) => (typeof value === "boolean" ? String(value) : undefined);
  return () => undefined;
});

/** Writes values of a leaf type. What the type's `serialize` throws is the error of the field. */
export const leafWriter = memoizePerObject((type: GraphQLLeafType): ((value: unknown) => string) => {
  if (isEnumType(type)) {
    const texts = new Map(type.getValues().map(({ name, value }) => [value as unknown, `"${name}"`]));
    return (value) => texts.get(value) ?? written(type, value);
  }
  return (value) => written(type, value);
});

function written(type: GraphQLLeafType, value: unknown): string {
  const serialized = type.serialize(value);
  if (typeof serialized === "string") return quoted(serialized);
  if (serialized === null || serialized === undefined) throw new Error(`${type.name} has no text for a value.`);
  return JSON.stringify(serialized);
}
