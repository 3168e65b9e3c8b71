/** Text from bytes: what the reader of trees makes of the same bytes, with characters of its own. */
import { XmlError } from "../xml-error.js";
import { attributeText, normalizeDocument, resolveReferences } from "../xml-text.js";
import { exclamationMark, isOdd, lessThan, slash } from "./scan.js";

/** Where in which bytes. */
interface Position {
  readonly bytes: Buffer;
  at: number;
}

const commentStart = Buffer.from("<!--");
const cdataStart = Buffer.from("<![CDATA[");

/** @param kinds Of its bytes. Undefined gives up: a reference is none. */
export function textOf(bytes: Buffer, start: number, end: number, kinds: number): string | undefined {
  if (kinds === 0) return bytes.toString("latin1", start, end);
  return exactly(resolveReferences, bytes, start, end);
}

/** The same of the value of an attribute. */
export function attributeTextOf(bytes: Buffer, start: number, end: number, kinds: number): string | undefined {
  if (kinds === 0) return bytes.toString("latin1", start, end);
  return exactly(attributeText, bytes, start, end);
}

function exactly(read: (raw: string) => string, bytes: Buffer, start: number, end: number): string | undefined {
  try {
    return read(normalizeDocument(bytes.toString("utf8", start, end)));
  } catch (error) {
    if (error instanceof XmlError) return undefined;
    throw error;
  }
}

/** The text of an element up to its end tag, which the source then stands at: also with comments and CDATA, but not with elements. Undefined
 *  gives up. */
export function mixedText(source: Position): string | undefined {
  const { bytes } = source;
  let text = "";
  let at = source.at;
  for (;;) {
    const next = bytes.indexOf(lessThan, at);
    const before = next === -1 ? undefined : textOf(bytes, at, next, isOdd);
    if (before === undefined) return undefined;
    text += before;
    if (bytes[next + 1] === slash) {
      source.at = next;
      return text;
    }
    if (isAt(bytes, next, cdataStart)) {
      at = afterMark(bytes, "]]>", next + cdataStart.length);
      if (at === -1) return undefined;
      text += normalizeDocument(bytes.toString("utf8", next + cdataStart.length, at - 3));
    } else at = afterComment(bytes, next);
    if (at === -1) return undefined;
  }
}

/** Behind the comment that begins at `at`; -1 where none does, or it does not end. */
export function afterComment(bytes: Buffer, at: number): number {
  return bytes[at + 1] === exclamationMark && isAt(bytes, at, commentStart) ? afterMark(bytes, "-->", at + commentStart.length) : -1;
}

/** Behind the CDATA that begins at `at`; -1 where none does, or it does not end. */
export function afterCdata(bytes: Buffer, at: number): number {
  return isAt(bytes, at, cdataStart) ? afterMark(bytes, "]]>", at + cdataStart.length) : -1;
}

function isAt(bytes: Buffer, at: number, mark: Buffer): boolean {
  return bytes.compare(mark, 0, mark.length, at, Math.min(at + mark.length, bytes.length)) === 0;
}

function afterMark(bytes: Buffer, mark: string, from: number): number {
  const found = bytes.indexOf(mark, from, "latin1");
  return found === -1 ? -1 : found + mark.length;
}
