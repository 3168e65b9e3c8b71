/** Decodes the text between tags and in quotes: line ends, characters that XML does not allow, character references and named entities. */
import { decodeHTMLStrict } from "entities/decode";
import { XmlError } from "./xml-error.js";

// XML 1.0 §2.2. Lone surrogates, the other characters that are not allowed, take another test.
// eslint-disable-next-line no-control-regex -- it looks for control characters
const notAllowed = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;
const tab = 0x09;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const replacement = 0xfffd;
const beyondUnicode = 0x110000;

/** The document with line feeds as line ends (XML 1.0 §2.11), and U+FFFD for characters that XML forbids: one must not cost the document. */
export function normalizeDocument(source: string): string {
  return source.includes("\r") || notAllowed.test(source) || !source.isWellFormed() ? rewritten(source.toWellFormed()) : source;
}

/** Unit by unit, because a regular expression takes 300 ms for 4 MiB of line ends. */
function rewritten(source: string): string {
  const units = new Uint16Array(source.length);
  let length = 0;
  let highest = 0;
  for (let i = 0; i < source.length; i += 1) {
    const unit = allowed(source.charCodeAt(i));
    if (unit === lineFeed && source.charCodeAt(i - 1) === carriageReturn) continue;
    units[length] = unit === carriageReturn ? lineFeed : unit;
    length += 1;
    highest = Math.max(highest, unit);
  }
  // One byte per character, where possible, takes half the memory and is parsed faster.
  return highest > 0xff
    ? Buffer.from(units.buffer, 0, 2 * length).toString("utf16le")
    : Buffer.from(units.subarray(0, length)).toString("latin1");
}

/** The code point or code unit, or that of U+FFFD. */
function allowed(code: number): number {
  if (code < 0x20) return code === tab || code === lineFeed || code === carriageReturn ? code : replacement;
  return code === 0xfffe || code === 0xffff || code >= beyondUnicode ? replacement : code;
}

/** The value of an attribute from the text in its quotes. White space becomes a space (XML 1.0 §3.3.3). @throws XmlError */
export function attributeText(raw: string): string {
  if (!/[<&\t\n]/.test(raw)) return raw;
  if (raw.includes("<")) throw new XmlError("a less-than sign in an attribute");
  return resolveReferences(raw.split("\t").join(" ").split("\n").join(" "));
}

/** Text with its character references and named entities resolved. Two references to the halves of a surrogate pair are one character:
 *  encoders that work on UTF-16 write emoji so.
 *  @throws XmlError for an ampersand that begins neither, and for an entity that HTML does not define */
export function resolveReferences(raw: string): string {
  let ampersand = raw.indexOf("&");
  if (ampersand === -1) return raw;
  let text = "";
  let from = 0;
  while (ampersand !== -1) {
    text += raw.slice(from, ampersand);
    const semicolon = raw.indexOf(";", ampersand);
    if (semicolon === -1) throw notAReference();
    const number = raw.charCodeAt(ampersand + 1) === 0x23;
    text += number ? characterOf(raw, ampersand + 2, semicolon) : entityOf(raw.slice(ampersand + 1, semicolon));
    from = semicolon + 1;
    ampersand = raw.indexOf("&", from);
  }
  return (text + raw.slice(from)).toWellFormed();
}

/** The character of a number, decimal or, after an `x`, hexadecimal. */
function characterOf(raw: string, start: number, end: number): string {
  const hexadecimal = raw.charCodeAt(start) === 0x78;
  const base = hexadecimal ? 16 : 10;
  const first = hexadecimal ? start + 1 : start;
  if (first === end) throw notAReference();
  let code = 0;
  for (let i = first; i < end; i += 1) {
    const digit = digitOf(raw.charCodeAt(i));
    if (digit >= base) throw notAReference();
    code = code * base + digit;
  }
  // A constant, for V8 creates a new string for every code point beyond Latin-1.
  return allowed(code) === replacement ? "\ufffd" : String.fromCodePoint(code);
}

/** The value of an ASCII digit or letter as a digit; Infinity for anything else. */
function digitOf(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : Infinity;
}

/** At most the 2,125 of HTML: any other name is an error. */
const knownEntities = new Map<string, string>();

function entityOf(name: string): string {
  const known = knownEntities.get(name);
  if (known !== undefined) return known;
  if (!/^[A-Za-z][A-Za-z0-9]*$/.test(name)) throw notAReference();
  const reference = `&${name};`;
  const text = decodeHTMLStrict(reference);
  if (text === reference) throw new XmlError("an unknown entity");
  knownEntities.set(name, text);
  return text;
}

function notAReference(): XmlError {
  return new XmlError("an ampersand that begins no reference");
}
