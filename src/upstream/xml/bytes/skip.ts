/** Passes over what is not read, and checks that it is well-formed. */
import { endOfName, lessThan, slash } from "./scan.js";
import type { Source } from "./source.js";
import { endTag, openTag } from "./tags.js";
import { afterCdata, afterComment, afterReference } from "./texts.js";

/** As the reader of trees has them. */
export const maxNodes = 80_000;
const maxDepth = 64;
const ampersand = 0x26;

/** Passes over the rest of an element, from behind the name in its start tag. @param depth Of the element; the root's is 0. False gives up. */
export function skipElement(source: Source, name: Uint8Array, depth: number): boolean {
  if (!openTag(source)) return false;
  return source.isEmpty || skipContent(source, name, depth);
}

/** Passes over the content of an element and its end tag. */
export function skipContent(source: Source, name: Uint8Array, depth: number): boolean {
  const { bytes } = source;
  const open: Uint8Array[] = [name];
  let at = source.at;
  while (open.length > 0) {
    at = afterText(bytes, at);
    if (at === -1) return false;
    if (bytes[at + 1] === slash) at = endTag(bytes, at, open.pop() as Uint8Array);
    else if (at < source.lastTag && endOfName(bytes, at + 1) > at + 1) {
      const inner = bytes.subarray(at + 1, endOfName(bytes, at + 1));
      source.at = at + 1 + inner.length;
      source.nodes += 1;
      if (depth + open.length >= maxDepth || source.nodes > maxNodes || !openTag(source)) return false;
      if (!source.isEmpty) open.push(inner);
      at = source.at;
    } else at = Math.max(afterComment(bytes, at), afterCdata(bytes, at));
    if (at === -1) return false;
  }
  source.at = at;
  return true;
}

/** At the next "<"; -1 where there is none, or what begins a reference is none. */
function afterText(bytes: Buffer, from: number): number {
  let at = from;
  for (let byte = bytes[at]; byte !== lessThan; byte = bytes[at]) {
    if (byte === undefined) return -1;
    at = byte === ampersand ? afterReference(bytes, at) : at + 1;
    if (at === -1) return -1;
  }
  return at;
}
