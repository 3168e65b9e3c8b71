/** Reads and writes purchase records in PostgreSQL, within the caller's transaction. */
import { createHash, randomBytes } from "node:crypto";
import type { ClientBase } from "pg";
import type { AttemptKey, AttemptRecord } from "../attempt.js";
import { RecordsUnavailable } from "../attempt-store.js";
import { releasesOf, type Done } from "./claim-rules.js";
import { fromKept, toKept, type KeptRecord } from "./record-text.js";

/** Locks what a change touches until the transaction ends, always in this order, so that no two changes wait for each other. */
export async function lock(client: ClientBase, { idempotencyKey, scope }: AttemptKey, purchaseId?: string): Promise<void> {
  for (const name of [`key:${idempotencyKey}`, `scope:${scope}`, ...(purchaseId === undefined ? [] : [`purchase:${purchaseId}`])]) {
    const number = createHash("sha256").update(name).digest().readBigInt64BE().toString();
    await client.query("SELECT pg_advisory_xact_lock($1)", [number]);
  }
}

export async function underKey(client: ClientBase, idempotencyKey: string): Promise<readonly AttemptRecord[]> {
  const sql = "SELECT record, checksum FROM purchase_attempts WHERE idempotency_key = $1";
  return (await client.query<KeptRecord>(sql, [idempotencyKey])).rows.map(fromKept);
}

/** Records of one user at any of the releases. */
export async function atReleases(
  client: ClientBase,
  { scope, items }: Pick<AttemptRecord, "scope" | "items">,
): Promise<readonly AttemptRecord[]> {
  const sql = `SELECT DISTINCT a.idempotency_key, a.record, a.checksum
    FROM purchase_attempt_releases r JOIN purchase_attempts a USING (scope, idempotency_key)
    WHERE r.scope = $1 AND r.release_id = ANY ($2)`;
  return (await client.query<KeptRecord>(sql, [scope, releasesOf(items)])).rows.map(fromKept);
}

export async function ownerOf(client: ClientBase, purchaseId: string): Promise<AttemptKey | undefined> {
  const sql = `SELECT scope, idempotency_key AS "idempotencyKey" FROM purchase_owners WHERE purchase_id = $1`;
  return (await client.query<AttemptKey>(sql, [purchaseId])).rows[0];
}

/** Writes the record and what it is found by. @param known The records under its key. */
export async function write(client: ClientBase, attempt: AttemptRecord, known: readonly AttemptRecord[]): Promise<void> {
  const { scope, idempotencyKey, id, items, purchaseId } = attempt;
  const { record, checksum } = toKept(attempt);
  const before = known.find((other) => other.scope === scope);
  const values = [idempotencyKey, scope, id, record, checksum];
  // The unique key stops what the locks should have prevented.
  if (before === undefined) await client.query("INSERT INTO purchase_attempts VALUES ($1, $2, $3, $4, $5)", values);
  else {
    const sql = `UPDATE purchase_attempts SET attempt_id = $3, record = $4, checksum = $5
      WHERE idempotency_key = $1 AND scope = $2 AND attempt_id = $6`;
    const { rowCount } = await client.query(sql, [...values, before.id]);
    if (rowCount !== 1) throw new RecordsUnavailable("a record was changed meanwhile");
  }
  const links = `INSERT INTO purchase_attempt_releases SELECT $1, release_id, $2 FROM unnest($3::text[]) AS release_id ON CONFLICT DO NOTHING`;
  await client.query(links, [scope, idempotencyKey, releasesOf(items)]);
  if (purchaseId === undefined) return;
  const owner = `INSERT INTO purchase_owners VALUES ($1, $2, $3)
    ON CONFLICT (purchase_id) DO UPDATE SET scope = excluded.scope, idempotency_key = excluded.idempotency_key`;
  await client.query(owner, [purchaseId, scope, idempotencyKey]);
}

/** Checks that writing works. It takes a page of the table and gives it back, because a full disk may still have room for less. */
export async function probe(client: ClientBase): Promise<Done<void>> {
  await client.query("SAVEPOINT page");
  await client.query("INSERT INTO purchase_attempts VALUES ('', '', '', $1, '')", [randomBytes(3500).toString("hex")]);
  await client.query("ROLLBACK TO SAVEPOINT page");
  await client.query("UPDATE purchase_meta SET probes = probes + 1");
  return { wrote: true, result: undefined };
}
