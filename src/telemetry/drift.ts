/** Reports drift: answers of 7digital that differ from what the decoders know. Every difference is counted, and logged at most once a
 *  minute. */
import type { Finding, Reading } from "../upstream/xml/reading.js";
import type { Log } from "./log.js";
import { boundedLabel } from "./metric-labels.js";

/** Names of unknown elements come from 7digital, so their number must be bounded. */
const mostUnknownNames = 50;
const mostPaths = 500;
const mostLoggedPaths = 20;
/** One line sums up everything since the last one. */
const logEveryMs = 60_000;

export interface Drift extends Finding {
  readonly method: string;
}

/** @param now Epoch milliseconds. @param count Takes paths whose number is bounded. */
export function createDriftWatch(log: Log, now: () => number, count: (drift: Drift) => void): (reading: Reading) => void {
  const unknownName = boundedLabel(mostUnknownNames);
  const boundedPath = boundedLabel(mostPaths);
  let nextLogMs = 0;
  let differences = 0;
  const paths = new Set<string>();
  return (reading) => {
    const { method } = reading;
    for (const finding of reading.findings()) {
      const path = finding.difference === "UNKNOWN_ELEMENT" ? withLastName(finding.path, unknownName) : finding.path;
      const known = boundedPath(`${method} ${path}`) === `${method} ${path}`;
      const drift = { ...finding, method, path: known ? path : "OTHER" };
      count(drift);
      differences += drift.count;
      if (paths.size < mostLoggedPaths) paths.add(`${drift.difference} ${method} ${drift.path}`);
    }
    if (now() < nextLogMs) return;
    log.warn({ count: differences, paths: [...paths] }, "7digital's answers differ from what is known");
    nextLogMs = now() + logEveryMs;
    differences = 0;
    paths.clear();
  };
}

function withLastName(path: string, bounded: (name: string) => string): string {
  const end = path.lastIndexOf("/") + 1;
  return path.slice(0, end) + bounded(path.slice(end));
}
