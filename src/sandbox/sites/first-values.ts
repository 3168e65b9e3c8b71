/** Parameters by name, without regard to case. */

import type { Pair } from "../http/request.js";

/** By lower-case name; the first value of each counts. */
export function firstValues(pairs: readonly Pair[]): ReadonlyMap<string, string> {
  return new Map([...pairs].reverse().map(([name, value]) => [name.toLowerCase(), value]));
}
