/** Keeps the number of label values bounded, whatever comes. */
import { errorCodes } from "../shared/error-codes.js";

/** ABORTED is a call for which no operation waited any more. */
const outcomes: ReadonlySet<string> = new Set([...Object.keys(errorCodes), "ABORTED"]);

const other = "OTHER";

/** @param code Of the first error; undefined where there is none. */
export function errorLabel(code: string | undefined): string {
  if (code === undefined) return "OK";
  return outcomes.has(code) ? code : other;
}

/** Lets the first values pass that come, and no more: for those of the code's own, of which there is no list. */
export function boundedLabel(most: number): (value: string) => string {
  const known = new Set<string>();
  return (value) => {
    if (known.has(value)) return value;
    if (known.size >= most) return other;
    known.add(value);
    return value;
  };
}
