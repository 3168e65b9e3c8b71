/** Where tests keep attempts: a place of its own for every test, in each kind of database. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AttemptStore } from "../../src/purchase/attempt-store.js";
import { createSqliteAttemptStore } from "../../src/purchase/stores/sqlite-attempt-store.js";

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
  newPlace(): Promise<Place>;
}

const sqlite: StoreKind = {
  name: "SQLite",
  skipped: false,
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
};

export const storeKinds: readonly StoreKind[] = [sqlite];
