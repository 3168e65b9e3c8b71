/** Remembers what short texts were read into, by their bytes: types, currencies, labels, dates and names come again and again. A fixed number of
 *  places, of which a new text takes the one that its hash names. */
import { addToHash, lowBytes } from "./words.js";

/** Bytes. */
export const longestRemembered = 40;
const wordsOfKey = longestRemembered / 4;

/** @param view Has four bytes more behind the text. */
export function hashOf(view: DataView, start: number, length: number): number {
  const rest = start + (length & ~3);
  let hash = 0;
  for (let at = start; at < rest; at += 4) hash = addToHash(hash, view.getInt32(at, true));
  return addToHash(hash, view.getInt32(rest, true) & (lowBytes[length & 3] as number));
}

export class Memo {
  private readonly lengths: Uint8Array;
  private readonly keys: Int32Array;
  private readonly values: unknown[];

  /** @param places A power of two. */
  constructor(private readonly places: number) {
    this.lengths = new Uint8Array(places);
    this.keys = new Int32Array(places * wordsOfKey);
    this.values = new Array<unknown>(places).fill(undefined);
  }

  /** @param hash As `hashOf`. @returns undefined where it is not known */
  find(view: DataView, start: number, length: number, hash: number): unknown {
    const place = this.placeOf(hash);
    if (this.lengths[place] !== length) return undefined;
    const { keys } = this;
    const rest = start + (length & ~3);
    let key = place * wordsOfKey;
    for (let at = start; at < rest; at += 4) if (view.getInt32(at, true) !== keys[key++]) return undefined;
    const end = length & 3;
    if (end !== 0 && (view.getInt32(rest, true) & (lowBytes[end] as number)) !== keys[key]) return undefined;
    return this.values[place];
  }

  /** @param length At least 1, at most `longestRemembered`. @param value Not undefined. */
  remember(view: DataView, start: number, length: number, hash: number, value: unknown): void {
    const place = this.placeOf(hash);
    this.lengths[place] = length;
    const { keys } = this;
    const rest = start + (length & ~3);
    let key = place * wordsOfKey;
    for (let at = start; at < rest; at += 4) keys[key++] = view.getInt32(at, true);
    if ((length & 3) !== 0) keys[key] = view.getInt32(rest, true) & (lowBytes[length & 3] as number);
    this.values[place] = value;
  }

  private placeOf(hash: number): number {
    return (hash ^ (hash >>> 15)) & (this.places - 1);
  }
}
