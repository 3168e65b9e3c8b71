/** Reads a successful response in one pass, from its bytes to the value. */
import type { Received, Result } from "../form.js";
import { failed, type Reading } from "../reading.js";
import { afterDeclaration } from "../xml.js";
import { normalizeDocument } from "../xml-text.js";
import { compileRoot } from "./compile.js";
import { afterSpace, isInName, lessThan, startsWith } from "./scan.js";
import { maxNodes } from "./skip.js";
import { gaveUp, none, Source, type ElementReader } from "./source.js";
import { openTag } from "./tags.js";
import { afterComment } from "./texts.js";

export { gaveUp } from "./source.js";

interface Method<R> {
  readonly result: Result<R>;
  readonly readsFailure?: true;
}

const responseName = Buffer.from("response");
const endOfResponse = Buffer.from("</response>");
const statusName = Buffer.from("status");
const ok = Buffer.from("ok");
const byteOrderMark = Buffer.from("\ufeff");
const declarationStart = Buffer.from("<?xml");
const declarationEnd = "?>";
const longestDeclaration = 200;

interface Root {
  readonly reader: ElementReader | undefined;
  /** Makes the result of the value that is read. */
  readonly turn: ((value: unknown, received: Received) => unknown) | undefined;
}

const roots = new WeakMap<Result<unknown>, Root>();

/** Compiled when first used. */
function rootOf(result: Result<unknown>): Root {
  const known = roots.get(result) ?? compiled(result);
  roots.set(result, known);
  return known;
}

function compiled({ form }: Result<unknown>): Root {
  if (form?.kind !== "received") return { reader: compileRoot(form), turn: undefined };
  return { reader: compileRoot(form.of), turn: form.turn as Root["turn"] };
}

/** The result of a whole response that says ok, the same as the reader of trees gives for it, with the same findings. It gives up for any other: then
 *  `reading` is as it was.
 *  @param bytes UTF-8, valid. @param reading Without findings. */
export function readResponse<R>(method: Method<R>, bytes: Buffer, reading: Reading, received: Received): R | typeof gaveUp {
  const { reader, turn } = rootOf(method.result);
  const start = reader === undefined ? -1 : afterProlog(bytes);
  if (reader === undefined || start === -1) return gaveUp;
  const source = new Source(bytes, start, bytes.lastIndexOf(lessThan, -endOfResponse.length), reading, method.readsFailure === true);
  const value = saysOk(source, start) ? reader.read(source) : gaveUp;
  if (value !== gaveUp && value !== failed && value !== none && isWhole(source))
    return (turn === undefined ? value : turn(value, received)) as R;
  reading.clear();
  return gaveUp;
}

/** At the "<" of the root element; -1 gives up. */
function afterProlog(bytes: Buffer): number {
  let at = afterSpace(bytes, startsWith(bytes, 0, byteOrderMark) ? byteOrderMark.length : 0);
  if (startsWith(bytes, at, declarationStart)) {
    const end = bytes.subarray(at, at + longestDeclaration).indexOf(declarationEnd) + declarationEnd.length;
    const declaration = normalizeDocument(bytes.toString("latin1", at, at + end));
    if (afterDeclaration(declaration, 0) !== declaration.length) return -1;
    at += end;
  }
  return afterMisc(bytes, at);
}

/** Behind white space and comments. */
function afterMisc(bytes: Buffer, start: number): number {
  for (let at = afterSpace(bytes, start); ; at = afterSpace(bytes, at)) {
    const end = bytes[at] === lessThan ? afterComment(bytes, at) : -1;
    if (end === -1) return at;
    at = end;
  }
}

/** Whether the root is a response that says ok. Leaves the source behind its name. */
function saysOk(source: Source, start: number): boolean {
  const { bytes, attributes } = source;
  const nameEnd = start + 1 + responseName.length;
  if (bytes[start] !== lessThan || start >= source.lastTag || !startsWith(bytes, start + 1, responseName)) return false;
  source.at = nameEnd;
  if (isInName(bytes[nameEnd] as number) || !openTag(source)) return false;
  const status = attributes.find(statusName);
  source.at = nameEnd;
  source.nodes = 1;
  return status !== -1 && attributes.hasValue(status, ok);
}

/** Whether nothing follows, and the document is within limits. */
function isWhole({ bytes, at, nodes }: Source): boolean {
  return nodes <= maxNodes && afterMisc(bytes, at) === bytes.length;
}
