/** Remembers what short texts were read into, by their bytes: types, currencies, labels, dates and names come again and again. A fixed number of
 *  places, of which a new text takes the one that its hash names. */

/** Bytes. */
export const longestRemembered = 40;

export class Memo {
  private readonly lengths: Uint8Array;
  private readonly keys: Uint8Array;
  private readonly values: unknown[];

  /** @param places A power of two. */
  constructor(private readonly places: number) {
    this.lengths = new Uint8Array(places);
    this.keys = new Uint8Array(places * longestRemembered);
    this.values = new Array<unknown>(places).fill(undefined);
  }

  /** @param hash Of the bytes. @returns undefined where it is not known */
  find(bytes: Buffer, start: number, length: number, hash: number): unknown {
    const place = this.placeOf(hash);
    if (this.lengths[place] !== length) return undefined;
    const { keys } = this;
    let key = place * longestRemembered;
    for (let at = start; at < start + length; at += 1) if (bytes[at] !== keys[key++]) return undefined;
    return this.values[place];
  }

  /** @param length At least 1, at most `longestRemembered`. @param value Not undefined. */
  remember(bytes: Buffer, start: number, length: number, hash: number, value: unknown): void {
    const place = this.placeOf(hash);
    this.lengths[place] = length;
    const { keys } = this;
    let key = place * longestRemembered;
    for (let at = start; at < start + length; at += 1) keys[key++] = bytes[at] as number;
    this.values[place] = value;
  }

  private placeOf(hash: number): number {
    return (hash ^ (hash >>> 13)) & (this.places - 1);
  }
}
