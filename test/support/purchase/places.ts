/** Where tests keep attempts: a place of its own for every test, in each kind of database. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PostgresServer, postgresBinaries } from "../../../scripts/databases/postgres-server.js";
import type { AttemptStore } from "../../../src/purchase/attempt-store.js";
import { createPostgresAttemptStore } from "../../../src/purchase/stores/postgres-attempt-store.js";
import { createSqliteAttemptStore } from "../../../src/purchase/stores/sqlite-attempt-store.js";

export interface Place {
  /** As one process has it. */
  open(): AttemptStore;
  /** All that is kept there, as text. */
  contents(): Promise<string>;
  remove(): Promise<void>;
}

export interface StoreKind {
  readonly name: string;
  /** Whether it cannot be tried on this machine. */
  readonly skipped: boolean;
  /** Starts what all places need. */
  start(): Promise<void>;
  newPlace(): Promise<Place>;
  stop(): Promise<void>;
}

/** CI_NO_SKIP=1 (set by .ci/run): a missing PostgreSQL fails rather than skips. */
export const withoutPostgres = postgresBinaries() === undefined && process.env["CI_NO_SKIP"] !== "1";

function sqlite(): StoreKind {
  const nothing = (): Promise<void> => Promise.resolve();
  return {
    name: "SQLite",
    skipped: false,
    start: nothing,
    newPlace() {
      const directory = mkdtempSync(join(tmpdir(), "attempts-"));
      return Promise.resolve({
        open: () => createSqliteAttemptStore(directory),
        contents: () =>
          Promise.resolve(
            readdirSync(directory)
              .map((file) => readFileSync(join(directory, file), "latin1"))
              .join("\n"),
          ),
        remove: () => {
          rmSync(directory, { recursive: true });
          return Promise.resolve();
        },
      });
    },
    stop: nothing,
  };
}

function postgres(): StoreKind {
  let server: PostgresServer | undefined;
  return {
    name: "PostgreSQL",
    skipped: withoutPostgres,
    async start() {
      server = await PostgresServer.start();
    },
    async newPlace() {
      const running = server;
      if (running === undefined) throw new Error("PostgreSQL was not started.");
      const url = await running.newDatabase();
      const tables = ["purchase_meta", "purchase_attempts", "purchase_attempt_releases", "purchase_owners"];
      return {
        open: () => createPostgresAttemptStore(url),
        contents: async () => JSON.stringify(await Promise.all(tables.map((table) => running.query(`SELECT * FROM ${table}`, url)))),
        remove: () => Promise.resolve(),
      };
    },
    stop: async () => server?.remove(),
  };
}

export const storeKinds: readonly StoreKind[] = [sqlite(), postgres()];
