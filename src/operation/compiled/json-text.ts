/** JSON text of leaf values. */
import { isEnumType, type GraphQLLeafType } from "graphql";

const quote = 0x22;
const backslash = 0x5c;
const firstPrintable = 0x20;
const firstSurrogate = 0xd800;
const lastSurrogate = 0xdfff;
/** A call of JSON.stringify takes as long as checking about so many characters. */
const longest = 64;

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

/** Writes values of a leaf type. What the type's `serialize` throws is the error of the field. */
export function leafWriter(type: GraphQLLeafType): (value: unknown) => string {
  if (isEnumType(type)) {
    const texts = new Map(type.getValues().map(({ name, value }) => [value as unknown, `"${name}"`]));
    return (value) => texts.get(value) ?? written(type, value);
  }
  return (value) => written(type, value);
}

function written(type: GraphQLLeafType, value: unknown): string {
  const serialized = type.serialize(value);
  if (typeof serialized === "string") return quoted(serialized);
  if (serialized === null || serialized === undefined) throw new Error(`${type.name} has no text for a value.`);
  return JSON.stringify(serialized);
}
