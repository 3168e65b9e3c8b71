/** Start and end tags. */
import type { ElementName } from "./element-name.js";
import { afterSpace, greaterThan, slash } from "./scan.js";
import type { Source } from "./source.js";

const xmlns = Buffer.from("xmlns");
const declaration = Buffer.from("xmlns:");
const xmlnsXsi = Buffer.from("xmlns:xsi");
const xsi = Buffer.from("xsi:");
const xsiNil = Buffer.from("xsi:nil");
const schemaInstance = Buffer.from("http://www.w3.org/2001/XMLSchema-instance");
const yes: readonly Buffer[] = [Buffer.from("true"), Buffer.from("1")];
const no: readonly Buffer[] = [Buffer.from("false"), Buffer.from("0")];

/** Reads the rest of a start tag, from behind its name. False gives up. */
export function openTag(source: Source): boolean {
  const { bytes, attributes } = source;
  source.startPlain();
  if (bytes[source.at] === greaterThan) {
    source.at += 1;
    return true;
  }
  let at = source.at;
  for (;;) {
    const next = afterSpace(bytes, at);
    const byte = bytes[next];
    if (byte === greaterThan || byte === slash) {
      source.isEmpty = byte === slash;
      source.at = next + (source.isEmpty ? 2 : 1);
      source.nodes += attributes.count;
      return bytes[source.at - 1] === greaterThan;
    }
    at = next === at ? -1 : attributes.add(next);
    if (at === -1 || !takeNamespaces(source, attributes.count - 1)) return false;
  }
}

/** Namespaces as the reader of trees sees them, as long as XML Schema's instance namespace has the prefix `xsi` and no other. False gives up. */
function takeNamespaces(source: Source, i: number): boolean {
  const { attributes } = source;
  if (attributes.isNamed(i, xmlns)) return true;
  if (attributes.nameBegins(i, declaration)) {
    return attributes.isNamed(i, xmlnsXsi) === attributes.hasValue(i, schemaInstance) && attributes.kinds[i] === 0;
  }
  if (attributes.nameBegins(i, xsi)) {
    if (!attributes.isNamed(i, xsiNil)) return true;
    source.isNil = yes.some((word) => attributes.hasValue(i, word));
    return source.isNil || no.some((word) => attributes.hasValue(i, word));
  }
  source.hasData = true;
  return true;
}

/** Behind the end tag of an element that begins at `at`, where its "<" is. -1 gives up. */
export function endTag(source: Source, at: number, { close }: ElementName): number {
  if (!close.isAt(source, at)) return -1;
  const { bytes } = source;
  const end = at + close.length;
  if (bytes[end] === greaterThan) return end + 1;
  const next = afterSpace(bytes, end);
  return bytes[next] === greaterThan ? next + 1 : -1;
}
