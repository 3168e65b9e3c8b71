/** Finds the end of a name, white space or a construct. */
import { XmlError } from "./xml-error.js";

// XML 1.0 (fifth edition) §2.3. Of a character beyond U+FFFF the first half decides: U+10000 to U+EFFFF are allowed.
const nameStart =
  // eslint-disable-next-line no-misleading-character-class -- these are single code units
  /[:A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef\u3001-\udb7f\uf900-\ufdcf\ufdf0-\ufffd]/;
// eslint-disable-next-line no-misleading-character-class -- these are single code units
const nameFurther = /[-.0-9\xb7\u0300-\u036f\u203f\u2040\udc00-\udfff]/;

const inName = 1;
const atStart = 2;
/** By character code: a table is faster than the expressions. */
const kinds = Uint8Array.from({ length: 0x10000 }, (_, code) => {
  const character = String.fromCharCode(code);
  return nameStart.test(character) ? inName | atStart : nameFurther.test(character) ? inName : 0;
});

/** The end of the name that begins at `at`; `at` itself where none does. */
export function endOfName(source: string, at: number): number {
  if (((kinds[source.charCodeAt(at)] ?? 0) & atStart) === 0) return at;
  let end = at + 1;
  while (kinds[source.charCodeAt(end)]) end += 1;
  return end;
}

export function afterSpace(source: string, at: number): number {
  for (let next = at; ; next += 1) {
    const code = source.charCodeAt(next);
    if (code !== 0x20 && code !== 0x0a && code !== 0x09) return next;
  }
}

/** The position behind the mark that ends a construct. @throws XmlError where there is none */
export function afterMark(source: string, mark: string, from: number, construct: string): number {
  const found = source.indexOf(mark, from);
  if (found === -1) throw new XmlError(`${construct} that does not end`);
  return found + mark.length;
}
