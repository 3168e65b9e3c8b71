/** Elements that stand in one document again and again, byte for byte: the formats and prices of a chart, the release of every track. Each is read
 *  once, and its frozen value is shared. */

/** How far a document has been read. */
interface Progress {
  readonly bytes: Buffer;
  readonly view: DataView;
  at: number;
  nodes: number;
}

interface Earlier {
  /** Behind the name in the start tag. */
  readonly start: number;
  readonly length: number;
  readonly nodes: number;
  readonly value: unknown;
}

/** More would cost more than they save: prices are the same in a few forms. */
const mostRemembered = 4;
/** Bytes. */
const shortest = 8;

/** Of one member, in one document. */
export class Repeats {
  private readonly earlier: Earlier[] = [];
  private next = 0;

  /** Passes over an element that was read before. @returns its value; undefined where it was not */
  find(source: Progress): unknown {
    const { view, bytes, at } = source;
    for (const { start, length, nodes, value } of this.earlier) {
      if (at + length <= bytes.length && isSame(view, at, start, length)) {
        source.at = at + length;
        source.nodes += nodes;
        return value;
      }
    }
    return undefined;
  }

  /** @param start Behind the name of the element that was just read. @param nodes Inside it. */
  remember({ at }: Progress, start: number, nodes: number, value: unknown): void {
    const length = at - start;
    if (length < shortest) return;
    this.earlier[this.next] = { start, length, nodes, value };
    this.next = (this.next + 1) % mostRemembered;
  }
}

/** @param length At least 4. */
function isSame(view: DataView, at: number, start: number, length: number): boolean {
  const last = length - 4;
  for (let i = 0; i < last; i += 4) if (view.getInt32(at + i, true) !== view.getInt32(start + i, true)) return false;
  return view.getInt32(at + last, true) === view.getInt32(start + last, true);
}
