/** Which of the shapes that real answers come in an answer takes. Every choice is a pure function of the method and the id,
 *  so that a test may rely on it and a repeated call is answered with the same bytes. The list is in docs/sandbox.md. */

import type { XmlStyle } from "./xml.js";

/** True for about one in `oneIn` ids. `what` names the irregularity, so that they fall on different ids. */
export function falls(what: string, id: number | string, oneIn: number): boolean {
  return fingerprint(`${what}:${id}`) % oneIn === 0;
}

/** How the answer of a method about a subject (an id, a query, a key) is written. */
export function styleOf(path: string, subject: string): XmlStyle {
  const number = fingerprint(`style:${path}:${subject.toLowerCase()}`);
  const byteOrderMark = number % 4 === 0;
  const lineBreak = (["\n", "\r\n", "\n", ""] as const)[(number >>> 3) % 4] ?? "\n";
  return {
    byteOrderMark,
    // The answers recorded without a declaration are all among those with a byte order mark.
    declaration: !byteOrderMark || (number >>> 6) % 2 === 0,
    lineBreak,
    indent: (number >>> 8) % 2 === 0 ? "  " : "\t",
    empty: (["<version />", "<version/>", "<version></version>"] as const)[(number >>> 10) % 3] ?? "<version />",
    pound: (number >>> 12) % 2 === 0 ? "£" : "&#163;",
  };
}

/** FNV-1a, with a last stir because its low bits alone follow the last character. */
function fingerprint(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
