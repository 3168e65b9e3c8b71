/** The bytes of one document, and how far they have been read. */
import type { Reading } from "../reading.js";
import { Attributes } from "./attributes.js";
import type { Repeats } from "./repeats.js";

/** What a reader gives up with: the document is malformed, beyond a limit or unusual, and the reader of trees decides what it means. Returned, not
 *  thrown: it must be cheap. */
export const gaveUp: unique symbol = Symbol("gave up");
/** An element without a value: nil, or empty where an object belongs. */
export const none: unique symbol = Symbol("none");

/** Reads one element. The source stands behind the name in its start tag, and afterwards behind its end. */
export interface ElementReader {
  /** The value, or `failed`, `none` or `gaveUp`. */
  read(source: Source): unknown;
}

export class Source {
  /** Elements and attributes so far. */
  nodes = 0;
  /** Of the start tag that was read last. */
  isNil = false;
  isEmpty = false;
  /** Whether it has attributes that are not of namespaces. */
  hasData = false;
  readonly attributes: Attributes;
  readonly view: DataView;
  /** By the number of the taker: see taker.ts. */
  readonly repeats: (Repeats | undefined)[] = [];
  /** Where the element ends that is read for a second time; -1 where it is read for the first. */
  knownEnd = -1;

  constructor(
    readonly bytes: Buffer,
    public at: number,
    /** The last "<", with at least four bytes behind it: what begins before it and looks for one may look at four bytes at a time. */
    readonly lastTag: number,
    readonly reading: Reading,
    /** Whether an item with an error is a value: see `Endpoint`. */
    readonly readsFailure: boolean,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.attributes = new Attributes(bytes, this.view);
  }

  /** The start tag that was read last has only a name. */
  startPlain(): void {
    this.isNil = false;
    this.isEmpty = false;
    this.hasData = false;
    this.attributes.count = 0;
  }
}
