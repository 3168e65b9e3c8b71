/** Asks whether purchases can be recorded, for whoever wants to know how the service is. Never waits long, and asks once at a time however
 *  many want to know. */
import { setTimeout as wait } from "node:timers/promises";
import type { AttemptStore } from "../purchase/attempt-store.js";

/** Whoever asks whether the service is ready waits for a second or so themselves. */
const patienceMs = 900;

/** @returns What is wrong; undefined where nothing is. */
export function recordsCheck(store: Pick<AttemptStore, "check">): () => Promise<string | undefined> {
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
