/** Bounds nesting and number of values of a JSON text before it is parsed, in one pass and without allocating. */
import { badRequest, type Rejection } from "./responses.js";

const mostDeep = 20;

const nestedTooDeep = badRequest(`The JSON is nested too deep. Send at most ${String(mostDeep)} levels.`);

const quote = '"'.charCodeAt(0);
const backslash = "\\".charCodeAt(0);
const comma = ",".charCodeAt(0);
const [listStart, listEnd, objectStart, objectEnd] = ["[", "]", "{", "}"].map((bracket) => bracket.charCodeAt(0));

/** @param mostValues By default with room for twenty lists of a hundred ids, the longest that any argument takes. More would make variable
 *  coercion, which reports every value that does not fit, the most expensive step.
 *  @returns Why the text is not parsed, or undefined. Invalid JSON gives some result as well. */
export function findJsonExcess(json: string, mostValues: number): Rejection | undefined {
  let depth = 0;
  // Each value but the outermost follows a bracket or a comma.
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
    if (values > mostValues) return badRequest(`The JSON holds too many values. Send at most ${String(mostValues)} in one operation.`);
  }
  return undefined;
}
