/** Keeps attempts in PostgreSQL, which processes on several machines may share. */
import { createHmac } from "node:crypto";
import type { ClientBase } from "pg";
import type { AttemptRecord } from "../attempt.js";
import { RecordsUnavailable, type AttemptStore } from "../attempt-store.js";
import { attemptsAt, decideClaim, endedRecord, isOwnedByAnother, renewedRecord } from "./claim-rules.js";
import { PostgresDatabase } from "./postgres-database.js";
import { atReleases, lock, lockNamesOf, ownerOf, probe, underKey, write } from "./postgres-rows.js";

/** Connects at once to bring the tables up to date. Where that fails, each later call tries again.
 *  @param url postgres://…; TLS by its `sslmode`. */
export function createPostgresAttemptStore(url: string): AttemptStore {
  const database = new PostgresDatabase(url);
  void database.meta().catch(() => undefined);

  return {
    async digest(text) {
      const { secret } = await database.meta();
      return createHmac("sha256", Buffer.from(secret, "base64")).update(text).digest("base64url");
    },
    find: (scope, idempotencyKey) =>
      database.read(async (client) => (await underKey(client, idempotencyKey)).find((attempt) => attempt.scope === scope)),
    attemptsAt: (scope, items) => database.read(async (client) => attemptsAt(await atReleases(client, { scope, items }), items)),

    claim: (attempt, terms) =>
      database.write(async (client) => {
        await lock(client, lockNamesOf(attempt));
        const records = { underKey: await underKey(client, attempt.idempotencyKey), atReleases: await atReleases(client, attempt) };
        const result = decideClaim(attempt, terms, records);
        const wrote = result.kind === "claimed";
        if (wrote) await write(client, attempt, records.underKey);
        return { wrote, result };
      }),

    recordEnding(attempt, ending) {
      const { purchaseId } = ending;
      const names = purchaseId === undefined ? [] : [`purchase:${purchaseId}`];
      return replace(database, attempt, names, async (client, current) => {
        const owner = purchaseId === undefined ? undefined : await ownerOf(client, purchaseId);
        return endedRecord(current, { attempt, ending }, owner);
      });
    },

    renew: (attempt, id) => replace(database, attempt, [], (_client, current) => renewedRecord(current, attempt, id)),

    isTaken: (purchaseId, attempt) => database.read(async (client) => isOwnedByAnother(await ownerOf(client, purchaseId), attempt)),

    async check() {
      try {
        if (!database.wroteJustNow()) await database.write((client) => probe(client));
        return undefined;
      } catch (error) {
        return error instanceof RecordsUnavailable ? error.reason : "the database fails";
      }
    },
    close: () => database.close(),
  };
}

type Step = (client: ClientBase, current: AttemptRecord | undefined) => Promise<AttemptRecord | undefined> | AttemptRecord | undefined;

/** Changes the record under the attempt's key. Where the step gives undefined, nothing is written.
 *  @param names More names to lock. */
function replace(database: PostgresDatabase, attempt: AttemptRecord, names: readonly string[], step: Step): Promise<boolean> {
  return database.write(async (client) => {
    await lock(client, [...lockNamesOf(attempt), ...names]);
    const known = await underKey(client, attempt.idempotencyKey);
    const current = known.find(({ scope }) => scope === attempt.scope);
    const record = await step(client, current);
    if (record !== undefined) await write(client, record, known);
    return { wrote: record !== undefined, result: record !== undefined };
  });
}
