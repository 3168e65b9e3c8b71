/** Estimates what a decoded value takes on V8's heap, which may be far less or more than the response. It owns its text, and may share parts with
 *  the items next to it: see bytes/repeats.ts and bytes/memo.ts in `xml`. */

const wordBytes = 8;
const objectBytes = 24;
const arrayBytes = 48;
/** With half a word, by which its characters are filled up on average. */
const stringBytes = 20;
/** Longer texts are never shared. */
const longestShared = 40;

/** Bytes of a tree of plain objects, arrays, text and numbers. What an item of a list shares with the item before counts once, text beyond Latin-1 by half.
 *  @param before What stands in its place in that item. */
export function heapBytes(value: unknown, before?: unknown): number {
  if (typeof value === "string") return value.length <= longestShared && value === before ? 0 : stringBytes + value.length;
  if (typeof value !== "object" || value === null || value === before) return 0;
  if (Array.isArray(value)) {
    return value.reduce<number>((sum, item, i) => sum + wordBytes + heapBytes(item, value[i - 1]), arrayBytes);
  }
  const like = typeof before === "object" && before !== null ? (before as Readonly<Record<string, unknown>>) : {};
  let sum = objectBytes;
  for (const key in value) sum += wordBytes + heapBytes((value as Readonly<Record<string, unknown>>)[key], like[key]);
  return sum;
}
