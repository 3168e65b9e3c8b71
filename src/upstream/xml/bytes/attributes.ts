/** The attributes of the start tag that was read last. */
import { afterSpace, endOfName, isOdd, lessThan, startsWith, textKinds } from "./scan.js";
import { attributeTextOf } from "./texts.js";
import { fourTimes, hasHighBytes, oddBytes, zeroBytes } from "./words.js";

const quote = 0x22;
const apostrophe = 0x27;
const equalsSign = 0x3d;

/** More are left to the reader of trees. */
const mostAttributes = 12;

// Shared by all documents, of which one is read at a time: to make them for each would cost more than to read a small one.
const [nameStarts, nameEnds, valueStarts, valueEnds] = [0, 0, 0, 0].map(() => new Int32Array(mostAttributes)) as [
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
];
const kinds = new Uint8Array(mostAttributes);

/** The attributes of one start tag: where their names and values are. */
export class Attributes {
  count = 0;
  private readonly nameStarts = nameStarts;
  private readonly nameEnds = nameEnds;
  readonly valueStarts = valueStarts;
  readonly valueEnds = valueEnds;
  /** What the bytes of the value need: bits of `textKinds`. */
  readonly kinds = kinds;

  constructor(
    private readonly bytes: Buffer,
    private readonly view: DataView,
  ) {}

  /** The place of the attribute of that name; -1 where there is none. */
  find(name: Uint8Array): number {
    for (let i = 0; i < this.count; i += 1) if (this.isNamed(i, name)) return i;
    return -1;
  }

  isNamed(i: number, name: Uint8Array): boolean {
    const start = this.nameStarts[i] as number;
    return (this.nameEnds[i] as number) - start === name.length && startsWith(this.bytes, start, name);
  }

  nameBegins(i: number, beginning: Uint8Array): boolean {
    const start = this.nameStarts[i] as number;
    return (this.nameEnds[i] as number) - start >= beginning.length && startsWith(this.bytes, start, beginning);
  }

  hasValue(i: number, value: Uint8Array): boolean {
    const start = this.valueStarts[i] as number;
    return (this.valueEnds[i] as number) - start === value.length && startsWith(this.bytes, start, value);
  }

  /** Reads the next attribute. @returns where it ends; -1 gives up */
  add(nameStart: number): number {
    const { bytes, count } = this;
    const nameEnd = endOfName(bytes, nameStart);
    const equals = bytes[nameEnd] === equalsSign ? nameEnd : afterSpace(bytes, nameEnd);
    if (nameEnd === nameStart || bytes[equals] !== equalsSign || count === mostAttributes) return -1;
    const quoteAt = afterSpace(bytes, equals + 1);
    const mark = bytes[quoteAt];
    if (mark !== quote && mark !== apostrophe) return -1;
    const fourMarks = fourTimes(mark);
    let end = quoteAt + 1;
    let found = 0;
    for (let word = this.view.getInt32(end, true); isPlain(word, fourMarks); word = this.view.getInt32(end, true)) end += 4;
    for (let byte = bytes[end]; byte !== mark; byte = bytes[end]) {
      // A "<" is always found, but none may be here.
      if (byte === undefined || byte === lessThan) return -1;
      // White space turns into spaces here.
      found |= byte < 0x20 ? isOdd : (textKinds[byte] as number);
      end += 1;
    }
    // Also where nothing reads it.
    if ((found & isOdd) !== 0 && attributeTextOf(bytes, quoteAt + 1, end, found) === undefined) return -1;
    this.nameStarts[count] = nameStart;
    this.nameEnds[count] = nameEnd;
    this.valueStarts[count] = quoteAt + 1;
    this.valueEnds[count] = end;
    this.kinds[count] = found;
    this.count += 1;
    return this.isLastTwice() ? -1 : end + 1;
  }

  private isLastTwice(): boolean {
    const last = this.count - 1;
    const name = last === 0 ? undefined : this.bytes.subarray(this.nameStarts[last], this.nameEnds[last]);
    return name !== undefined && this.find(name) < last;
  }
}

const fourLessThan = fourTimes(lessThan);

/** Whether the four bytes are part of the value of an attribute, as they are. */
function isPlain(word: number, fourMarks: number): boolean {
  return (zeroBytes(word ^ fourMarks) | zeroBytes(word ^ fourLessThan) | oddBytes(word)) === 0 && !hasHighBytes(word);
}
