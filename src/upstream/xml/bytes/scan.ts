/** Bytes of XML: what they are, and the ends of names and white space. */

export const lessThan = 0x3c;
export const greaterThan = 0x3e;
export const slash = 0x2f;
export const exclamationMark = 0x21;

/** Bits of a byte in text. */
export const isNotAscii = 2;
/** A reference begins here, or it is a character that XML changes or does not allow. */
export const isOdd = 1;

const ampersand = 0x26;

/** By byte: what text that holds it needs. */
export const textKinds = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte >= 0x80) return isNotAscii;
  return byte === ampersand || (byte < 0x20 && byte !== 0x09 && byte !== 0x0a) ? isOdd : 0;
});

const inName = /[-.0-9:A-Z_a-z]/;
const startsName = /[:A-Z_a-z]/;

/** By byte: 1 in a name, 3 also at its start. Names of other characters are left to the reader of trees. */
const nameKinds = Uint8Array.from({ length: 256 }, (_, byte) => {
  const character = String.fromCharCode(byte);
  return byte >= 0x80 ? 0 : startsName.test(character) ? 3 : inName.test(character) ? 1 : 0;
});

/** The end of the name that begins at `at`; `at` itself where none does. */
export function endOfName(bytes: Buffer, at: number): number {
  if ((nameKinds[bytes[at] as number] as number) !== 3) return at;
  let end = at + 1;
  while ((nameKinds[bytes[end] as number] as number) !== 0) end += 1;
  return end;
}

export function isInName(byte: number): boolean {
  return (nameKinds[byte] as number) !== 0;
}

/** Behind white space. */
export function afterSpace(bytes: Buffer, at: number): number {
  let next = at;
  while (isSpace(bytes[next] as number)) next += 1;
  return next;
}

/** A carriage return is part of a line end, which is white space. */
export function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** Whether `name` stands at `at`, and more than it may. */
export function startsWith(bytes: Buffer, at: number, name: Uint8Array): boolean {
  for (let i = 0; i < name.length; i += 1) if (bytes[at + i] !== name[i]) return false;
  return true;
}
