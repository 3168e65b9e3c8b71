/** Four bytes at a time, as one 32-bit number: bytes are looked at, compared and hashed so. Little-endian on every machine. */

const ones = 0x01010101;
const highBits = 0x80808080 | 0;

/** The byte four times. */
export function fourTimes(byte: number): number {
  return Math.imul(byte, ones);
}

/** The high bits of the bytes that are 0, of which only the lowest is sure; 0 where none is.
 *  @see https://graphics.stanford.edu/~seander/bithacks.html#ZeroInWord */
export function zeroBytes(word: number): number {
  return (word - ones) & ~word & highBits;
}

/** How many bytes are below the lowest that `zeroBytes` found. */
export function bytesBelow(zeros: number): number {
  return (31 - Math.clz32(zeros & -zeros)) >> 3;
}

/** By how many bytes of a word count: the mask of those, from the lowest. */
export const lowBytes = [0, 0xff, 0xffff, 0xffffff] as const;

/** Not 0 where text of these bytes needs more than a copy of them: control characters, ampersands. */
export function oddBytes(word: number): number {
  return ((word - fourTimes(0x20)) & ~word & highBits) | zeroBytes(word ^ fourTimes(0x26));
}

export function hasHighBytes(words: number): boolean {
  return (words & highBits) !== 0;
}

export function addToHash(hash: number, word: number): number {
  return (Math.imul(hash, 0x9e3779b1) + word) | 0;
}

/** The same bytes in two ways. */
interface Bytes {
  readonly bytes: Uint8Array;
  readonly view: DataView;
}

/** Bytes that are looked for. */
export class Pattern {
  readonly length: number;
  private readonly bytes: Uint8Array;
  private readonly first: number;
  private readonly last: number;
  /** Where the last word begins; below 0 where the pattern is shorter than a word. */
  private readonly lastAt: number;

  constructor(text: string) {
    this.bytes = Buffer.from(text);
    this.length = this.bytes.length;
    this.lastAt = this.length - 4;
    const view = new DataView(this.bytes.buffer, this.bytes.byteOffset, this.length);
    this.first = this.lastAt < 0 ? 0 : view.getInt32(0, true);
    this.last = this.lastAt < 0 ? 0 : view.getInt32(this.lastAt, true);
  }

  /** Whether it stands at `at`. */
  isAt({ view, bytes }: Bytes, at: number): boolean {
    const { lastAt } = this;
    if (at + this.length > bytes.length) return false;
    if (lastAt < 0) return this.isBetween(bytes, at, 0, this.length);
    if (view.getInt32(at, true) !== this.first || view.getInt32(at + lastAt, true) !== this.last) return false;
    return lastAt <= 4 || this.isBetween(bytes, at, 4, lastAt);
  }

  private isBetween(bytes: Uint8Array, at: number, from: number, to: number): boolean {
    for (let i = from; i < to; i += 1) if (bytes[at + i] !== this.bytes[i]) return false;
    return true;
  }
}
