/** Estimates what a decoded value takes on V8's heap. The size of the answer would not do: decoders drop most of some answers, and sparse ones take
 *  more than was sent. Decoded values own their text (see intern.ts), so walking the value counts all of it. */

const wordBytes = 8;
const objectBytes = 56;
const arrayBytes = 48;
const stringBytes = 24;

/** Bytes, for trees of plain objects, arrays, text and numbers. Text shared with other values is counted in full, text beyond
 *  Latin-1 by half. */
export function heapBytes(value: unknown): number {
  if (typeof value === "string") return stringBytes + value.length;
  if (typeof value !== "object" || value === null) return 0;
  if (Array.isArray(value)) {
    return value.reduce<number>((sum, item) => sum + wordBytes + heapBytes(item), arrayBytes);
  }
  let sum = objectBytes;
  for (const key in value) sum += wordBytes + heapBytes((value as Readonly<Record<string, unknown>>)[key]);
  return sum;
}
