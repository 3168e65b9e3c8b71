/** All that one run measured. */
import type { Cold, FirstAnswer } from "./cold.js";
import type { CachedReleases, Point } from "./curves.js";
import type { Memory } from "./process-figures.js";
import type { ProcessesFigures } from "./processes.js";
import type { Measured } from "./rounds.js";

export interface Figures {
  readonly machine: string;
  readonly warm: readonly Measured[];
  readonly firsts: readonly FirstAnswer[];
  readonly cold: readonly Cold[];
  /** Of ours, after the warm rounds. */
  readonly memory: Memory | undefined;
  /** Undefined where they were left out: quick runs have none. */
  readonly curves: Curves | undefined;
  readonly xml: XmlFigures | undefined;
  readonly processes: ProcessesFigures | undefined;
}

export interface Curves {
  readonly lists: readonly Point[];
  readonly concurrency: readonly Point[];
  readonly cached: readonly CachedReleases[];
}

/** Of the XML reader, beside fast-xml-parser. */
export interface XmlFigures {
  /** Of typed values to its tree, in bytes per CPU time. */
  readonly ratios: readonly { readonly items: number; readonly ratio: number }[];
  /** Of a release to its XML. */
  readonly heapRatio: number;
  /** Of one release that is kept of a chart of 50. */
  readonly heapBytesOfOne: number;
  /** The longest of decoding 700 kB. */
  readonly blockMs: number;
}
