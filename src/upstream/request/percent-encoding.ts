/** Percent-encoding by RFC 3986, as OAuth signs it: everything but letters, digits and -._~ is encoded. */

/** Name and value of one parameter, not yet encoded. */
export type Pair = readonly [name: string, value: string];

// NUL ends strings in many programs; a lone surrogate has no UTF-8.
const unsendable = /[\0\ud800-\udfff]/u;

/** Whether the text can be in a URL at all. */
export function isSendable(text: string): boolean {
  return !unsendable.test(text);
}

const unreserved = /^[\w.~-]*$/;
const leftByEncodeUriComponent = /[!'()*]/g;

/** @throws URIError for text that is not sendable. */
export function percentEncode(text: string): string {
  if (unreserved.test(text)) return text;
  return encodeURIComponent(text).replace(
    leftByEncodeUriComponent,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** `name=value&name=value`, fit for a query and for an application/x-www-form-urlencoded body alike. */
export function encodePairs(pairs: readonly Pair[]): string {
  return pairs.map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`).join("&");
}
