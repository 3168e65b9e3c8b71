/** Keeps attempts in PostgreSQL, which processes on several machines may share. */
import { createHmac } from "node:crypto";
import { RecordsUnavailable, type AttemptStore } from "../attempt-store.js";
import { attemptsAt, claimOf, endedRecord, isOwnedByAnother } from "./claim-rules.js";
import { PostgresDatabase } from "./postgres-database.js";
import { atReleases, lock, namesOf, ownerOf, probe, underKey, write } from "./postgres-rows.js";

/** Connects at once to bring the tables up to date, and again whenever it is asked, where that has failed.
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

    claim: (intent, terms) =>
      database.write(async (client) => {
        await lock(client, namesOf(intent));
        const known = { underKey: await underKey(client, intent.idempotencyKey), atReleases: await atReleases(client, intent) };
        const result = claimOf(intent, terms, known);
        const wrote = result.kind === "claimed";
        if (wrote) await write(client, intent, known.underKey);
        return { wrote, result };
      }),

    settle: (attempt, ending) =>
      database.write(async (client) => {
        const { purchaseId } = ending;
        await lock(client, [...namesOf(attempt), ...(purchaseId === undefined ? [] : [`purchase:${purchaseId}`])]);
        const known = await underKey(client, attempt.idempotencyKey);
        const current = known.find(({ scope }) => scope === attempt.scope);
        const owner = purchaseId === undefined ? undefined : await ownerOf(client, purchaseId);
        const ended = endedRecord(current, { attempt, ending }, owner);
        const result = ended !== undefined;
        if (result) await write(client, ended, known);
        return { wrote: result, result };
      }),

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
