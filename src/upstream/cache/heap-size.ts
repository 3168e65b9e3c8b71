/** Estimates what a decoded value takes on V8's heap, which may be far less or more than the answer. It owns its text (see intern.ts). */

const wordBytes = 8;
const objectBytes = 56;
const arrayBytes = 48;
const stringBytes = 24;

/** Bytes of a tree of plain objects, arrays, text and numbers. Shared text counts in full, text beyond Latin-1 by half. */
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
