/** How deep a JSON text is nested and how much is in it, found out before it is parsed: in one pass, keeping nothing. */
import type { Refusal } from "./answers.js";

const mostDeep = 20;
/** As many as twenty lists of a hundred ids, the longest that any argument takes, and some. What says why they do not fit takes longer than
 *  all else that is done with them. */
const mostValues = 2500;

const nestedTooDeep: Refusal = {
  status: 400,
  code: "BAD_REQUEST",
  message: `This JSON is nested too deep: put at most ${String(mostDeep)} objects and lists into each other.`,
};

const tooManyValues: Refusal = {
  status: 400,
  code: "BAD_REQUEST",
  message: `This JSON holds too much: send at most ${String(mostValues)} values in one operation.`,
};

const quote = '"'.charCodeAt(0);
const backslash = "\\".charCodeAt(0);
const comma = ",".charCodeAt(0);
const [listStart, listEnd, objectStart, objectEnd] = ["[", "]", "{", "}"].map((bracket) => bracket.charCodeAt(0));

/** Why it is not parsed, or undefined. Of a text that is no JSON it says something, too. */
export function excessOfJson(json: string): Refusal | undefined {
  let depth = 0;
  // Each but the outermost stands behind a bracket or a comma.
  let values = 0;
  let inString = false;
  for (let at = 0; at < json.length; at += 1) {
    const character = json.charCodeAt(at);
    if (inString) {
      if (character === backslash) at += 1;
      else if (character === quote) inString = false;
    } else if (character === quote) inString = true;
    else if (character === comma) values += 1;
    else if (character === objectStart || character === listStart) {
      values += 1;
      depth += 1;
      if (depth > mostDeep) return nestedTooDeep;
    } else if (character === objectEnd || character === listEnd) depth -= 1;
    if (values > mostValues) return tooManyValues;
  }
  return undefined;
}
