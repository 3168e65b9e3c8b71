/** The tables of purchase records in SQLite, and how a new database is made. */
import { randomBytes, randomUUID } from "node:crypto";
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import Database from "libsql";

/** Version of the tables below. A database of a later version is not touched. */
export const format = 1;

/** `commits` counts the changes of records. `probe` means nothing: it is written to try whether writing is possible. */
const schema = `
  CREATE TABLE meta (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    format INTEGER NOT NULL,
    identity TEXT NOT NULL,
    secret TEXT NOT NULL,
    commits INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE probe (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    filling BLOB NOT NULL
  ) STRICT;
  CREATE TABLE attempts (
    idempotency_key TEXT NOT NULL,
    scope TEXT NOT NULL,
    record TEXT NOT NULL,
    checksum TEXT NOT NULL,
    PRIMARY KEY (idempotency_key, scope)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE attempt_releases (
    scope TEXT NOT NULL,
    release_id TEXT NOT NULL,
    idempotency_key TEXT NOT NULL,
    PRIMARY KEY (scope, release_id, idempotency_key)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE purchases (
    purchase_id TEXT PRIMARY KEY,
    scope TEXT NOT NULL,
    idempotency_key TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;`;

/** Makes an empty database, readable by this user only. It gets its name when it is complete and on the disk. Does nothing where another
 *  process was faster. @throws Error where it cannot be made. */
export function createDatabase(path: string): void {
  const folder = dirname(path);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const unfinished = `${path}.${randomUUID()}`;
  try {
    closeSync(openSync(unfinished, "wx", 0o600));
    const memory = new Database(":memory:");
    memory.exec(schema);
    const insert = memory.prepare("INSERT INTO meta VALUES (1, ?, ?, ?, 0)");
    insert.run(format, randomUUID(), randomBytes(32).toString("base64"));
    memory.prepare("VACUUM INTO ?").run(unfinished);
    memory.close();
    sync(unfinished);
    linkIfFree(unfinished, path);
    sync(folder);
  } finally {
    rmSync(unfinished, { force: true });
  }
}

function linkIfFree(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
}

function sync(path: string): void {
  const file = openSync(path, "r");
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
