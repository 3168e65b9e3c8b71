/** Parses the attributes of one start tag. */
import { XmlError } from "./xml-error.js";
import { afterMark, afterSpace, endOfName } from "./xml-scan.js";
import { attributeText } from "./xml-text.js";

interface Attributes {
  /** Names and values in turn. */
  readonly all: readonly string[];
  /** Whether any has to do with namespaces. */
  readonly namespaced: boolean;
  /** The position behind them and the white space that follows. */
  readonly end: number;
}

const maxAttributes = 256;

/** @throws XmlError */
export function readAttributes(source: string, start: number): Attributes {
  const all: string[] = [];
  let namespaced = false;
  let at = start;
  for (;;) {
    const nameStart = afterSpace(source, at);
    const nameEnd = endOfName(source, nameStart);
    if (nameStart === at || nameEnd === nameStart) {
      if (hasDuplicate(all)) throw new XmlError("an attribute twice");
      return { all, namespaced, end: nameStart };
    }
    const name = source.slice(nameStart, nameEnd);
    if (name.startsWith("xmlns") || name.includes(":")) namespaced = true;
    const equals = afterSpace(source, nameEnd);
    if (source.charAt(equals) !== "=") throw new XmlError("an attribute without a value");
    const quoteAt = afterSpace(source, equals + 1);
    const quote = source.charAt(quoteAt);
    if (quote !== '"' && quote !== "'") throw new XmlError("an attribute without quotes");
    at = afterMark(source, quote, quoteAt + 1, "an attribute");
    all.push(name, attributeText(source.slice(quoteAt + 1, at - 1)));
    if (all.length > 2 * maxAttributes) throw new XmlError("too many attributes");
  }
}

function hasDuplicate(attributes: readonly string[]): boolean {
  // A set costs more than a few comparisons, and less than many.
  if (attributes.length > 32) return new Set(attributes.filter((_, i) => i % 2 === 0)).size < attributes.length / 2;
  for (let i = 2; i < attributes.length; i += 2) {
    for (let j = 0; j < i; j += 2) if (attributes[i] === attributes[j]) return true;
  }
  return false;
}
