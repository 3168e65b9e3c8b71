/** What docs/runbooks tells operators to ask the purchase records finds the unknown attempts, and no others. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "libsql";
import { describe, expect, it } from "vitest";
import { PostgresServer } from "../../../scripts/databases/postgres-server.js";
import { textOf } from "../../../scripts/deploy/files.js";
import type { AttemptStore } from "../../../src/purchase/attempt-store.js";
import { createPostgresAttemptStore } from "../../../src/purchase/stores/postgres-attempt-store.js";
import { createSqliteAttemptStore } from "../../../src/purchase/stores/sqlite-attempt-store.js";
import { intent } from "../../support/purchase/intent.js";
import { withoutPostgres } from "../../support/purchase/places.js";

const page = textOf("docs/runbooks/PurchasesUnknown.md");

function queryOf(program: string): string {
  const [, sql] = new RegExp(`^ *${program} .*"(SELECT [^"]+)"$`, "m").exec(page) ?? [];
  if (sql === undefined) throw new Error(`The page has no query for ${program}.`);
  return sql;
}

/** Three attempts, one of which is unknown. */
async function fill(store: AttemptStore): Promise<void> {
  const states = ["SUCCEEDED", "UNKNOWN", "NOT_SENT"] as const;
  for (const [n, state] of states.entries()) {
    const attempt = { ...intent, id: `id-${String(n)}`, idempotencyKey: `key-of-${state}`, items: [{ releaseId: String(n) }] };
    expect((await store.claim(attempt, { acknowledged: false, replaces: undefined })).kind).toBe("claimed");
    expect(await store.recordEnding(attempt, { state, settledAtMs: 3000 })).toBe(true);
  }
  await store.close();
}

const found = [{ idempotency_key: "key-of-UNKNOWN", record: expect.stringContaining('"releaseId":"1"') as unknown }];

describe("PurchasesUnknown", () => {
  it("in SQLite", async () => {
    const folder = mkdtempSync(join(tmpdir(), "runbook-"));
    await fill(createSqliteAttemptStore(folder));
    const database = new Database(join(folder, "purchases.sqlite"), { readonly: true });
    expect(database.prepare(queryOf("sqlite3")).all()).toMatchObject(found);
    database.close();
  });

  it.skipIf(withoutPostgres)("in PostgreSQL", async ({ onTestFinished }) => {
    const server = await PostgresServer.start();
    onTestFinished(() => server.remove());
    const url = await server.newDatabase();
    await fill(createPostgresAttemptStore(url));
    expect(await server.query(queryOf("psql"), url)).toMatchObject(found);
  });
});
