/** The tables of purchase records in PostgreSQL, and how they are made and upgraded. */
import { randomBytes, randomUUID } from "node:crypto";
import type { ClientBase } from "pg";
import { RecordsUnavailable } from "../attempt-store.js";
import { placeTable, writePlace } from "./postgres-place.js";

/** One step per version of the tables, in order. A released step is never changed. */
const migrations: readonly string[] = [
  `CREATE TABLE purchase_attempts (
    idempotency_key text NOT NULL,
    scope text NOT NULL,
    attempt_id text NOT NULL,
    record text NOT NULL,
    checksum text NOT NULL,
    PRIMARY KEY (idempotency_key, scope)
  );
  ALTER TABLE purchase_attempts ALTER COLUMN record SET STORAGE MAIN;
  CREATE TABLE purchase_attempt_releases (
    scope text NOT NULL,
    release_id text NOT NULL,
    idempotency_key text NOT NULL,
    PRIMARY KEY (scope, release_id, idempotency_key)
  );
  CREATE TABLE purchase_owners (
    purchase_id text PRIMARY KEY,
    scope text NOT NULL,
    idempotency_key text NOT NULL
  )`,
  placeTable,
];

const metaTable = `CREATE TABLE purchase_meta (
  one integer PRIMARY KEY CHECK (one = 1),
  format integer NOT NULL,
  identity text NOT NULL,
  secret text NOT NULL,
  probes bigint NOT NULL
)`;

/** Any number, the same for every process. */
const migrationLock = "7215630891146802";

/** Upgrades the tables in the client's transaction, one process at a time. Where they have this version, the role needs no right to make any.
 *  @throws RecordsUnavailable where the tables are of a later version. */
export async function migrate(client: ClientBase): Promise<void> {
  if ((await formatOf(client)) === migrations.length) return;
  await client.query("SELECT pg_advisory_xact_lock($1)", [migrationLock]);
  const found = await formatOf(client);
  if (found > migrations.length) throw new RecordsUnavailable("the database was made by a later version of this service");
  if (found === 0) {
    await client.query(metaTable);
    const values = [randomUUID(), randomBytes(32).toString("base64")];
    await client.query("INSERT INTO purchase_meta VALUES (1, 0, $1, $2, 0)", values);
  }
  for (const migration of migrations.slice(found)) await client.query(migration);
  await client.query("UPDATE purchase_meta SET format = $1", [migrations.length]);
  await writePlace(client);
}

/** Zero where there are no tables. */
async function formatOf(client: ClientBase): Promise<number> {
  // Not to_regclass(): within one transaction it remembers that there was none.
  const { rowCount } = await client.query("SELECT FROM pg_class WHERE relname = 'purchase_meta' AND pg_table_is_visible(oid)");
  if (rowCount === 0) return 0;
  const meta = await client.query<{ readonly format: number }>("SELECT format FROM purchase_meta");
  return meta.rows[0]?.format ?? 0;
}
