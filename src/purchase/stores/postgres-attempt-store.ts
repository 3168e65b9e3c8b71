/** Keeps attempts in PostgreSQL, which processes on several machines may share. */
import { createHmac } from "node:crypto";
import type { ClientBase } from "pg";
import type { AttemptRecord } from "../attempt.js";
import { RecordsUnavailable, type AttemptStore } from "../attempt-store.js";
import { attemptsAt, claimOf, endedRecord, isOwnedByAnother, renewedRecord } from "./claim-rules.js";
import { PostgresDatabase } from "./postgres-database.js";
import { atReleases, lock, namesOf, ownerOf, probe, underKey, write } from "./postgres-rows.js";

/** Connects at once to bring the tables up to date, and again whenever it is asked, where that has failed.
 *  @param url postgres://…; TLS by its `sslmode`. */
export function createPostgresAttemptStore(url: string): AttemptStore {
  const database = new PostgresDatabase(url);
  void database.meta().catch(() => undefined);

  /** Writes what the record under the attempt's key has become, where it may. */
  const replaced = (
    attempt: AttemptRecord,
    names: readonly string[],
    step: (client: ClientBase, current: AttemptRecord | undefined) => Promise<AttemptRecord | undefined> | AttemptRecord | undefined,
  ): Promise<boolean> =>
    database.write(async (client) => {
      await lock(client, [...namesOf(attempt), ...names]);
      const known = await underKey(client, attempt.idempotencyKey);
      const record = await step(
        client,
        known.find(({ scope }) => scope === attempt.scope),
      );
      if (record !== undefined) await write(client, record, known);
      return { wrote: record !== undefined, result: record !== undefined };
    });

  return {
    async digest(text) {
      const { secret } = await database.meta();
      return createHmac("sha256", Buffer.from(secret, "base64")).update(text).digest("base64url");
    },
    find: (scope, idempotencyKey) =>
      database.read(async (client) => (await underKey(client, idempotencyKey)).find((attempt) => attempt.scope === scope)),
    attemptsAt: (scope, items) => database.read(async (client) => attemptsAt(await atReleases(client, { scope, items }), items)),

    claim: (intent, terms) =>
      database.write(async (client) => {
        await lock(client, namesOf(intent));
        const known = { underKey: await underKey(client, intent.idempotencyKey), atReleases: await atReleases(client, intent) };
        const result = claimOf(intent, terms, known);
        const wrote = result.kind === "claimed";
        if (wrote) await write(client, intent, known.underKey);
        return { wrote, result };
      }),

    settle(attempt, ending) {
      const { purchaseId } = ending;
      const names = purchaseId === undefined ? [] : [`purchase:${purchaseId}`];
      return replaced(attempt, names, async (client, current) => {
        const owner = purchaseId === undefined ? undefined : await ownerOf(client, purchaseId);
        return endedRecord(current, { attempt, ending }, owner);
      });
    },

    renew: (attempt, id) => replaced(attempt, [], (_client, current) => renewedRecord(current, attempt, id)),

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
