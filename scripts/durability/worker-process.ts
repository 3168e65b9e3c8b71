/** A process of `npm run durability`: claims and settles until it is killed, and reads what its parent tells it to. Says on its stdout, at once,
 *  what the store has acknowledged. */
import { randomUUID } from "node:crypto";
import { writeSync } from "node:fs";
import { createInterface } from "node:readline";
import type { AttemptRecord } from "../../src/purchase/attempt.js";
import { createPostgresAttemptStore } from "../../src/purchase/stores/postgres-attempt-store.js";
import { createSqliteAttemptStore } from "../../src/purchase/stores/sqlite-attempt-store.js";
import { releaseOf, scope, type Asked, type Said } from "./messages.js";

const { DATABASE_URL: url, DATA_DIRECTORY: directory = "" } = process.env;
const store = url === undefined ? createSqliteAttemptStore(directory) : createPostgresAttemptStore(url);
const atOnce = 2;
/** All processes want the same key for so long. */
const contestedMs = 15;

function say(said: Said): void {
  writeSync(1, `${JSON.stringify(said)}\n`);
}

function attemptFor(idempotencyKey: string): AttemptRecord {
  const now = Date.now();
  const items = [{ releaseId: releaseOf(idempotencyKey) }];
  const common = { scope, idempotencyKey, fingerprint: "print", method: "item", items, store: { country: "GB" }, baseline: [] } as const;
  return { ...common, id: randomUUID(), startedAtMs: now, deadlineAtMs: now + 30_000, state: "INTENT" };
}

async function buy(key: string): Promise<void> {
  const attempt = attemptFor(key);
  const { id } = attempt;
  const { kind } = await store.claim(attempt, { acknowledged: false, replaces: undefined });
  if (kind !== "claimed") return;
  say({ kind: "claimed", key, id });
  const settled = await store.recordEnding(attempt, { state: "SUCCEEDED", settledAtMs: Date.now(), confirmedBy: "ANSWER", purchaseId: id });
  if (settled) say({ kind: "settled", key, id });
}

async function look(asked: Asked): Promise<void> {
  const found = await store.find(scope, asked.key);
  say({ kind: "read", key: asked.key, id: found?.id, state: found?.state, asked });
}

function refused(error: unknown): void {
  say({ kind: "refused", why: error instanceof Error ? error.message : String(error) });
}

async function buyForEver(): Promise<never> {
  for (let n = 0; ; n += 1) {
    const key = n % 2 === 0 ? randomUUID() : `contested-${String(Math.floor(Date.now() / contestedMs))}`;
    await buy(key).catch(refused);
    // Whatever the parent says is heard.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

createInterface({ input: process.stdin }).on("line", (line) => {
  look(JSON.parse(line) as Asked).catch(refused);
});
for (let n = 0; n < atOnce; n += 1) void buyForEver();
