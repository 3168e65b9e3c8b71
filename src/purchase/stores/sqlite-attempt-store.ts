/** Keeps attempts in an SQLite file of this machine, which several processes may share. */
import type { AttemptKey, AttemptRecord } from "../attempt.js";
import { reasonOf, type AttemptStore } from "../attempt-store.js";
import { attemptsAt, decideClaim, endedRecord, isOwnedByAnother, releasesOf, renewedRecord, type Done } from "./claim-rules.js";
import { fromKept, keyedDigest, toKept, type KeptRecord } from "./record-text.js";
import type { SqliteConnection } from "./sqlite-connection.js";
import { SqliteDatabase } from "./sqlite-database.js";

/** Creates no file before the first purchase: a catalogue alone needs no folder. */
export function createSqliteAttemptStore(directory: string): AttemptStore {
  const database = new SqliteDatabase(directory);
  let secret: string | undefined;

  return {
    async digest(text) {
      secret ??= await database.read((connection) => connection.meta().secret);
      return keyedDigest(secret, text);
    },
    find: (scope, idempotencyKey) => database.read((connection) => find(connection, { scope, idempotencyKey })),
    attemptsAt: (scope, items) => database.read((connection) => attemptsAt(atReleases(connection, { scope, items }), items)),

    claim: (attempt, terms) =>
      database.write((connection) => {
        const records = { underKey: underKey(connection, attempt.idempotencyKey), atReleases: atReleases(connection, attempt) };
        const result = decideClaim(attempt, terms, records);
        if (result.kind === "claimed") write(connection, attempt);
        return { wrote: result.kind === "claimed", result };
      }),

    recordEnding: (attempt, ending) =>
      database.write((connection) => {
        const owner = ending.purchaseId === undefined ? undefined : ownerOf(connection, ending.purchaseId);
        return replace(connection, endedRecord(find(connection, attempt), { attempt, ending }, owner));
      }),

    renew: (attempt, id) => database.write((connection) => replace(connection, renewedRecord(find(connection, attempt), attempt, id))),

    isTaken: (purchaseId, attempt) => database.read((connection) => isOwnedByAnother(ownerOf(connection, purchaseId), attempt)),

    check: () => reasonOf(database.probe()),
    risks: () => [],
    // eslint-disable-next-line @typescript-eslint/require-await -- whatever fails rejects.
    async close() {
      database.close();
    },
  };
}

/** The record of one user under a key. */
function find(connection: SqliteConnection, { scope, idempotencyKey }: AttemptKey): AttemptRecord | undefined {
  return underKey(connection, idempotencyKey).find((attempt) => attempt.scope === scope);
}

/** Writes the changed record, if there is one to write. */
function replace(connection: SqliteConnection, record: AttemptRecord | undefined): Done<boolean> {
  if (record !== undefined) write(connection, record);
  return { wrote: record !== undefined, result: record !== undefined };
}

function underKey(connection: SqliteConnection, idempotencyKey: string): readonly AttemptRecord[] {
  return recordsOf(connection.all("SELECT record, checksum FROM attempts WHERE idempotency_key = ?", idempotencyKey));
}

/** Records of one user at any of the releases. */
function atReleases(connection: SqliteConnection, { scope, items }: Pick<AttemptRecord, "scope" | "items">): readonly AttemptRecord[] {
  const sql = `SELECT DISTINCT a.idempotency_key, a.record, a.checksum
    FROM attempt_releases r JOIN attempts a ON a.scope = r.scope AND a.idempotency_key = r.idempotency_key
    WHERE r.scope = ? AND r.release_id IN (SELECT value FROM json_each(?))`;
  return recordsOf(connection.all(sql, scope, JSON.stringify(releasesOf(items))));
}

function recordsOf(rows: readonly unknown[]): readonly AttemptRecord[] {
  return (rows as readonly KeptRecord[]).map(fromKept);
}

function ownerOf(connection: SqliteConnection, purchaseId: string): AttemptKey | undefined {
  const sql = "SELECT scope, idempotency_key AS idempotencyKey FROM purchases WHERE purchase_id = ?";
  return (connection.all(sql, purchaseId) as readonly AttemptKey[])[0];
}

/** Writes the record and what it is found by, and counts the change. */
function write(connection: SqliteConnection, attempt: AttemptRecord): void {
  const { scope, idempotencyKey, items, purchaseId } = attempt;
  connection.all("UPDATE meta SET commits = commits + 1");
  const { record, checksum } = toKept(attempt);
  connection.all("INSERT OR REPLACE INTO attempts VALUES (?, ?, ?, ?)", idempotencyKey, scope, record, checksum);
  for (const releaseId of releasesOf(items)) {
    connection.all("INSERT OR IGNORE INTO attempt_releases VALUES (?, ?, ?)", scope, releaseId, idempotencyKey);
  }
  if (purchaseId !== undefined) connection.all("INSERT OR REPLACE INTO purchases VALUES (?, ?, ?)", purchaseId, scope, idempotencyKey);
}
