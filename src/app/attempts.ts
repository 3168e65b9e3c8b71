/** Where purchase attempts are recorded, counted for the metrics, and checked for readiness. */
import { setTimeout as wait } from "node:timers/promises";
import { RecordsUnavailable, type AttemptStore } from "../purchase/attempt-store.js";
import { createPostgresAttemptStore } from "../purchase/stores/postgres-attempt-store.js";
import { createSqliteAttemptStore } from "../purchase/stores/sqlite-attempt-store.js";
import type { Telemetry } from "../telemetry/telemetry.js";
import type { ServerConfig } from "./server-config.js";

export function createAttemptStore({ databaseUrl, dataDirectory }: ServerConfig): AttemptStore {
  return databaseUrl === undefined ? createSqliteAttemptStore(dataDirectory) : createPostgresAttemptStore(databaseUrl);
}

/** @param count Takes BEGUN, or the state that an attempt ended in. */
export function countAttempts(store: AttemptStore, count: (state: string) => void): AttemptStore {
  return {
    ...store,
    async claim(intent, terms) {
      const claim = await store.claim(intent, terms);
      if (claim.kind === "claimed") count("BEGUN");
      return claim;
    },
    async recordEnding(attempt, ending) {
      const recorded = await store.recordEnding(attempt, ending);
      if (recorded) count(ending.state);
      return recorded;
    },
  };
}

/** @returns Reports a failure of a purchase: one of its records has a known cause. */
export function createPurchaseReport({ report, reportRecords }: Pick<Telemetry, "report" | "reportRecords">): (error: unknown) => void {
  return (error) => (error instanceof RecordsUnavailable ? reportRecords(error.message) : report(error));
}

/** Readiness probes usually time out after a second. */
const patienceMs = 900;

/** Runs one check at a time, and answers in bounded time. @returns Why purchases cannot be recorded, or undefined. */
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
