/** How deep a JSON text is nested, found out before it is parsed: in one pass, keeping nothing. */
import type { Refusal } from "./answers.js";

const most = 20;

export const nestedTooDeep: Refusal = {
  status: 400,
  code: "BAD_REQUEST",
  message: `This JSON is nested too deep: put at most ${String(most)} objects and lists into each other.`,
};

const quote = '"'.charCodeAt(0);
const backslash = "\\".charCodeAt(0);
const [listStart, listEnd, objectStart, objectEnd] = ["[", "]", "{", "}"].map((bracket) => bracket.charCodeAt(0));

/** Of a text that is no JSON it says something, too. */
export function isNestedTooDeep(json: string): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < json.length; at += 1) {
    const character = json.charCodeAt(at);
    if (inString) {
      if (character === backslash) at += 1;
      else if (character === quote) inString = false;
    } else if (character === quote) inString = true;
    else if (character === objectStart || character === listStart) {
      depth += 1;
      if (depth > most) return true;
    } else if (character === objectEnd || character === listEnd) depth -= 1;
  }
  return false;
}
