/** Keeps attempts in PostgreSQL, which processes on several machines may share. */
import type { AttemptKey, AttemptRecord } from "../attempt.js";
import { reasonOf, type AttemptStore, type Risk } from "../attempt-store.js";
import { attemptsAt, decideClaim, endedRecord, isOwnedByAnother, renewedRecord } from "./claim-rules.js";
import { PostgresDatabase } from "./postgres-database.js";
import { readRisks } from "./postgres-risks.js";
import { atReleases, lock, ownerOf, probe, underKey, write } from "./postgres-rows.js";
import { keyedDigest } from "./record-text.js";

/** Connects at once to bring the tables up to date. Where that fails, each later call tries again.
 *  @param url postgres://…; TLS by its `sslmode`. */
export function createPostgresAttemptStore(url: string): AttemptStore {
  const database = new PostgresDatabase(url);
  void database.meta().catch(() => undefined);
  let risks: readonly Risk[] = [];

  return {
    async digest(text) {
      return keyedDigest((await database.meta()).secret, text);
    },
    find: (scope, idempotencyKey) =>
      database.read(async (client) => (await underKey(client, idempotencyKey)).find((attempt) => attempt.scope === scope)),
    attemptsAt: (scope, items) => database.read(async (client) => attemptsAt(await atReleases(client, { scope, items }), items)),

    claim: (attempt, terms) =>
      database.write(async (client) => {
        await lock(client, attempt);
        const records = { underKey: await underKey(client, attempt.idempotencyKey), atReleases: await atReleases(client, attempt) };
        const result = decideClaim(attempt, terms, records);
        const wrote = result.kind === "claimed";
        if (wrote) await write(client, attempt, records.underKey);
        return { wrote, result };
      }),

    recordEnding: (attempt, ending) =>
      replace(database, attempt, ending.purchaseId, (current, owner) => endedRecord(current, { attempt, ending }, owner)),
    renew: (attempt, id) => replace(database, attempt, undefined, (current) => renewedRecord(current, attempt, id)),
    isTaken: (purchaseId, attempt) => database.read(async (client) => isOwnedByAnother(await ownerOf(client, purchaseId), attempt)),
    check: () =>
      reasonOf(
        database.write(async (client) => {
          risks = await readRisks(client);
          return database.wroteJustNow() ? { wrote: false, result: undefined } : probe(client);
        }),
      ),
    risks: () => risks,
    close: () => database.close(),
  };
}

type Change = (current: AttemptRecord | undefined, owner: AttemptKey | undefined) => AttemptRecord | undefined;

/** Changes the record under the attempt's key. Where the change gives undefined, nothing is written.
 *  @param purchaseId Its owner, if any, is given to the change. */
function replace(database: PostgresDatabase, attempt: AttemptRecord, purchaseId: string | undefined, change: Change): Promise<boolean> {
  return database.write(async (client) => {
    await lock(client, attempt, purchaseId);
    const known = await underKey(client, attempt.idempotencyKey);
    const owner = purchaseId === undefined ? undefined : await ownerOf(client, purchaseId);
    const current = known.find(({ scope }) => scope === attempt.scope);
    const record = change(current, owner);
    if (record !== undefined) await write(client, record, known);
    return { wrote: record !== undefined, result: record !== undefined };
  });
}
