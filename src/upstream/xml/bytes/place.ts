/** Where an element stands. */
import { skipContent } from "./skip.js";
import { gaveUp, none, type Source } from "./source.js";

/** What a place in the document says about an element. */
export interface Place {
  readonly name: string;
  readonly nameBytes: Uint8Array;
  /** The root's is 0. */
  readonly depth: number;
  /** Whether nil means something else than `none`. */
  readonly readsNil: boolean;
  /** Whether empty means `none`. */
  readonly isNoneWhereEmpty: boolean;
}

/** Passes over an element that is none. */
export function nothing(source: Source, { nameBytes, depth }: Place): unknown {
  return source.isEmpty || skipContent(source, nameBytes, depth) ? none : gaveUp;
}
