/** Passes over what is not read, and checks that it is well-formed. */
import type { ElementName } from "./element-name.js";
import { afterSpace, endOfName, greaterThan, isOdd, lessThan, slash } from "./scan.js";
import type { Source } from "./source.js";
import { endTag, openTag } from "./tags.js";
import { afterCdata, afterComment, textOf } from "./texts.js";

/** As the reader of trees has them. */
export const maxNodes = 80_000;
const maxDepth = 64;
const ampersand = 0x26;

/** Passes over the rest of an element, from behind the name in its start tag. @param depth Of the element; the root's is 0. False gives up. */
export function skipElement(source: Source, name: ElementName, depth: number): boolean {
  return openTag(source) && (source.isEmpty || skipContent(source, name, depth));
}

/** Passes over the content of an element and its end tag. */
export function skipContent(source: Source, name: ElementName, depth: number): boolean {
  if (!toEndTag(source, depth)) return false;
  source.at = endTag(source, source.at, name);
  return source.at !== -1;
}

/** Passes over an element of any name, from where its name begins to behind its end tag. */
export function skipUnknown(source: Source, nameStart: number, depth: number): boolean {
  const nameEnd = endOfName(source.bytes, nameStart);
  source.at = nameEnd;
  if (nameEnd === nameStart || !openTag(source)) return false;
  if (source.isEmpty) return true;
  if (!toEndTag(source, depth)) return false;
  source.at = endTagOf(source.bytes, source.at, nameStart, nameEnd);
  return source.at !== -1;
}

/** Passes over the content of an element: up to an end tag that ends nothing inside. */
function toEndTag(source: Source, depth: number): boolean {
  const { bytes } = source;
  /** Where the names of open elements begin. */
  const open: number[] = [];
  let at = source.at;
  for (;;) {
    at = afterText(bytes, at);
    if (at === -1) return false;
    if (bytes[at + 1] === slash) {
      const nameStart = open.pop();
      if (nameStart === undefined) break;
      at = endTagOf(bytes, at, nameStart, endOfName(bytes, nameStart));
    } else if (at < source.lastTag && endOfName(bytes, at + 1) > at + 1) {
      open.push(at + 1);
      source.at = endOfName(bytes, at + 1);
      source.nodes += 1;
      if (depth + open.length >= maxDepth || source.nodes > maxNodes || !openTag(source)) return false;
      if (source.isEmpty) open.pop();
      at = source.at;
    } else at = Math.max(afterComment(bytes, at), afterCdata(bytes, at));
    if (at === -1) return false;
  }
  source.at = at;
  return true;
}

/** Behind the end tag at `at` of the name that stands from `nameStart` on. -1 gives up. */
function endTagOf(bytes: Buffer, at: number, nameStart: number, nameEnd: number): number {
  const start = at + 2;
  for (let i = 0; i < nameEnd - nameStart; i += 1) if (bytes[start + i] !== bytes[nameStart + i]) return -1;
  const end = afterSpace(bytes, start + nameEnd - nameStart);
  return bytes[end] === greaterThan ? end + 1 : -1;
}

/** At the next "<"; -1 where there is none, or what begins a reference is none. */
function afterText(bytes: Buffer, from: number): number {
  let at = from;
  let hasReferences = false;
  for (let byte = bytes[at]; byte !== lessThan; byte = bytes[++at]) {
    if (byte === undefined) return -1;
    if (byte === ampersand) hasReferences = true;
  }
  return hasReferences && textOf(bytes, from, at, isOdd) === undefined ? -1 : at;
}
