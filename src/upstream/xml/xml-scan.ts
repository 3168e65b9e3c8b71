/** Finds the end of a name, white space or a construct. */
import { XmlError } from "./xml-error.js";

// XML 1.0 (fifth edition) §2.3: the characters of a name.
const inName = 1;
const atStart = 2;

// Ranges, both ends included. Of a character beyond U+FFFF the first half decides: U+10000 to U+EFFFF are allowed.
const startRanges = [
  [0x3a, 0x3a],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
  [0xc0, 0xd6],
  [0xd8, 0xf6],
  [0xf8, 0x2ff],
  [0x370, 0x37d],
  [0x37f, 0x1fff],
  [0x200c, 0x200d],
  [0x2070, 0x218f],
  [0x2c00, 0x2fef],
  [0x3001, 0xd7ff],
  [0xd800, 0xdb7f],
  [0xf900, 0xfdcf],
  [0xfdf0, 0xfffd],
] as const;
const furtherRanges = [
  [0x2d, 0x2e],
  [0x30, 0x39],
  [0xb7, 0xb7],
  [0x300, 0x36f],
  [0x203f, 0x2040],
  [0xdc00, 0xdfff],
] as const;

const kinds = new Uint8Array(0x10000);
for (const [from, to] of startRanges) kinds.fill(inName | atStart, from, to + 1);
for (const [from, to] of furtherRanges) kinds.fill(inName, from, to + 1);

/** The end of the name that begins at `at`; `at` itself where none does. */
export function endOfName(source: string, at: number): number {
  if (((kinds[source.charCodeAt(at)] ?? 0) & atStart) === 0) return at;
  let end = at + 1;
  while (kinds[source.charCodeAt(end)]) end += 1;
  return end;
}

export function afterSpace(source: string, at: number): number {
  for (let next = at; ; next += 1) {
    const code = source.charCodeAt(next);
    if (code !== 0x20 && code !== 0x0a && code !== 0x09) return next;
  }
}

/** The position behind the mark that ends a construct.
 *  @throws XmlError where there is none */
export function afterMark(source: string, mark: string, from: number, construct: string): number {
  const found = source.indexOf(mark, from);
  if (found === -1) throw new XmlError(`${construct} that does not end`);
  return found + mark.length;
}
