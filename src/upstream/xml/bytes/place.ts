/** Where an element stands. */
import type { ElementName } from "./element-name.js";
import { skipContent } from "./skip.js";
import { gaveUp, none, type Source } from "./source.js";

/** What a place in the document says about an element. */
export interface Place {
  readonly name: ElementName;
  /** The root's is 0. */
  readonly depth: number;
  /** Counts the takers of the response. */
  readonly numbers: { next: number };
  /** Whether nil means something else than `none`. */
  readonly readsNil: boolean;
  /** Whether empty means `none`. */
  readonly isNoneWhereEmpty: boolean;
}

/** Passes over an element that is none. */
export function nothing(source: Source, { name, depth }: Place): unknown {
  return source.isEmpty || skipContent(source, name, depth) ? none : gaveUp;
}
