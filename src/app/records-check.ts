/** Checks whether purchases can be recorded, for readiness and metrics. It runs one check at a time and answers in bounded time. */
import { setTimeout as wait } from "node:timers/promises";
import type { AttemptStore } from "../purchase/attempt-store.js";

/** Readiness probes usually time out after a second. */
const patienceMs = 900;

/** @returns What is wrong, or undefined. */
export function createRecordsCheck(store: Pick<AttemptStore, "check">): () => Promise<string | undefined> {
  let underWay: Promise<string | undefined> | undefined;
  return async () => {
    underWay ??= store.check().finally(() => {
      underWay = undefined;
    });
    const enough = new AbortController();
    const late = wait(patienceMs, "the database does not answer in time", { signal: enough.signal });
    try {
      return await Promise.race([underWay, late]);
    } finally {
      late.catch(() => undefined);
      enough.abort();
    }
  };
}
