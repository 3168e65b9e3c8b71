/** Logs when purchases stop and go on because of their records, and what endangers the records. */
import type { Log } from "./log.js";

export interface WatchedRecords {
  /** Resolves to why purchases cannot be recorded, or undefined. */
  readonly check: () => Promise<string | undefined>;
  /** What may lose records later, as the last check saw it. */
  readonly risks: () => readonly { readonly name: string; readonly advice: string }[];
}

/** @returns The check, which logs what has changed since the one before. */
export function logChanges(log: Log, { check, risks }: WatchedRecords): () => Promise<string | undefined> {
  let problem: string | undefined;
  let known: readonly string[] = [];
  return async () => {
    const found = await check();
    if (found !== problem) {
      if (found === undefined) log.warn("purchases are on again");
      else log.error({ reason: found }, "purchases are off");
    }
    problem = found;
    for (const { name, advice } of risks()) if (!known.includes(name)) log.warn({ risk: name }, advice);
    const names = risks().map(({ name }) => name);
    for (const name of known) if (!names.includes(name)) log.warn({ risk: name }, "a risk for purchase records is gone");
    known = names;
    return found;
  };
}
