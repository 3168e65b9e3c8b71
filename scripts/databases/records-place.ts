/** Where a script keeps purchase records: a database of its own, of either kind, that is gone afterwards. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PostgresServer } from "./postgres-server.js";

export const storeNames = ["sqlite", "postgres"] as const;
export type StoreName = (typeof storeNames)[number];

export interface RecordsPlace {
  /** Settings that lead the service there. */
  readonly environment: Readonly<Record<string, string>>;
  remove(): Promise<void>;
}

export function isStoreName(name: unknown): name is StoreName {
  return storeNames.some((known) => known === name);
}

/** @throws Error where there is no PostgreSQL on this machine. */
export async function newRecordsPlace(name: StoreName): Promise<RecordsPlace> {
  if (name === "postgres") {
    const server = await PostgresServer.start();
    return { environment: { DATABASE_URL: await server.newDatabase() }, remove: () => server.remove() };
  }
  const directory = mkdtempSync(join(tmpdir(), "records-"));
  return {
    environment: { DATA_DIRECTORY: directory },
    remove() {
      rmSync(directory, { recursive: true, force: true });
      return Promise.resolve();
    },
  };
}
