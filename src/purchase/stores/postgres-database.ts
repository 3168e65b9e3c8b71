/** One process's access to the PostgreSQL database of purchase records. All work happens in transactions of bounded time, on the server that
 *  takes writes. A connection on which anything has failed is never used again. @see docs/decisions/0019 */
import { setTimeout as wait } from "node:timers/promises";
import { Pool, type PoolClient, type QueryResult } from "pg";
import { RecordsUnavailable } from "../attempt-store.js";
import type { Done } from "./claim-rules.js";
import { isEarlier, readPlace, writePlace, type Known } from "./postgres-place.js";
import { problemOf } from "./postgres-problem.js";
import { migrate } from "./postgres-schema.js";

/** For a connection, a statement and a lock. The server's own timeouts are shorter, so that it says which one it was. */
const connectMs = 2000;
const answerMs = 5000;
const statementMs = 4000;
const lockMs = 3000;
/** After this time the server ends an idle transaction, which frees its locks. */
const abandonedMs = 10_000;
const closeMs = 1000;
/** For this long a write proves that the next one is possible. */
const goodMs = 1000;

/** What the server guarantees of a commit. */
interface Durability {
  readonly fsync: string;
  readonly synchronousCommit: string;
}

/** Whatever the role's defaults are: a claim reads what was committed before, and its commit waits for the disk and synchronous standbys. */
const begin = `
  BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
  SELECT set_config('statement_timeout', '${String(statementMs)}', true), set_config('lock_timeout', '${String(lockMs)}', true),
    set_config('idle_in_transaction_session_timeout', '${String(abandonedMs)}', true);
  SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS "synchronousCommit";
  SELECT set_config('synchronous_commit',
    CASE current_setting('synchronous_commit') WHEN 'remote_apply' THEN 'remote_apply' ELSE 'on' END, true)`;

/** A timeout would end the wait for a synchronous standby as if it had answered. */
const commit = "SET LOCAL statement_timeout = 0; COMMIT; SELECT (pg_current_wal_flush_lsn() - '0/0'::pg_lsn)::text AS position";

export class PostgresDatabase {
  private readonly pool: Pool;
  private prepared: Promise<Known> | undefined;
  /** What this process has seen of the database. It outlives the connections: a database that holds less is not the same records. */
  private known: Known | undefined;
  /** When something was written last. Undefined before the first time and after any failure. */
  private goodAtMs: number | undefined;

  constructor(url: string) {
    this.pool = new Pool({
      connectionString: strictTls(url),
      connectionTimeoutMillis: connectMs,
      query_timeout: answerMs,
      keepAlive: true,
      application_name: "7digital-graphql",
    });
    // Without listeners these errors would end the process. The query on the connection fails, which is enough.
    this.pool.on("error", () => undefined);
    this.pool.on("connect", (client) => client.on("error", () => undefined));
  }

  /** Which database it is. The first call brings its tables up to date. @throws RecordsUnavailable */
  meta(): Promise<Known> {
    this.prepared ??= this.prepareTables().catch((error: unknown) => {
      this.prepared = undefined;
      throw error;
    });
    return this.prepared;
  }

  /** @throws RecordsUnavailable */
  async read<T>(step: (client: PoolClient) => Promise<T>): Promise<T> {
    await this.meta();
    return this.transaction(async (client) => {
      await this.check(client);
      return step(client);
    });
  }

  /** Atomic among all processes, and on the disk when it resolves.
   *  @throws RecordsUnavailable What was written must not be relied on, but may appear later, if only the answer to the commit was lost. */
  async write<T>(step: (client: PoolClient) => Promise<Done<T>>): Promise<T> {
    await this.meta();
    const { wrote, result } = await this.transaction(async (client, durability) => {
      checkDurability(durability);
      await this.check(client);
      return step(client);
    });
    if (wrote) this.goodAtMs = performance.now();
    return result;
  }

  /** An operator says that no purchase is missing from the database as it is now. @throws RecordsUnavailable */
  async confirm(): Promise<void> {
    await this.transaction(async (client, durability) => {
      checkDurability(durability);
      await migrate(client);
      await writePlace(client);
    });
  }

  wroteJustNow(): boolean {
    return this.goodAtMs !== undefined && performance.now() - this.goodAtMs < goodMs;
  }

  async close(): Promise<void> {
    if (this.pool.ending) return;
    // A server that does not answer does not close the connection either.
    await Promise.race([this.pool.end(), wait(closeMs, undefined, { ref: false })]);
  }

  private prepareTables(): Promise<Known> {
    return this.transaction(async (client) => {
      await migrate(client);
      return this.check(client);
    });
  }

  /** @throws RecordsUnavailable for another database, or where it may hold less than before. */
  private async check(client: PoolClient): Promise<Known> {
    const found = await readPlace(client, this.known);
    this.saw(found);
    return found;
  }

  /** Transactions under way at the same time may report in any order. */
  private saw(found: Known): void {
    if (this.known === undefined || isEarlier(this.known, found)) this.known = found;
  }

  private async transaction<T>(step: (client: PoolClient, durability: Durability) => Promise<T>): Promise<T> {
    let client: PoolClient | undefined;
    try {
      client = await this.pool.connect();
      const settings = await several<Durability>(client, begin);
      const durability = settings[2]?.rows[0];
      if (durability === undefined) throw new RecordsUnavailable("the database does not tell its settings");
      const result = await step(client, durability);
      const position = await committed(client);
      if (this.known !== undefined) this.saw({ ...this.known, position });
      client.release();
      return result;
    } catch (error) {
      // The server rolls back what it has not committed.
      client?.release(true);
      this.goodAtMs = undefined;
      throw problemOf(error);
    }
  }
}

/** @returns How far the server has written its log. @throws Error where it was not committed, or not as durably as asked. */
async function committed(client: PoolClient): Promise<bigint> {
  const warnings: unknown[] = [];
  const onNotice = ({ severity }: { readonly severity?: string | undefined }): void => {
    // A wait for a synchronous standby that was cancelled.
    if (severity === "WARNING") warnings.push(severity);
  };
  client.on("notice", onNotice);
  const results = await several<{ readonly position: string }>(client, commit);
  client.off("notice", onNotice);
  // A transaction that has failed answers COMMIT with ROLLBACK.
  const [, committing, after] = results;
  if (committing?.command !== "COMMIT" || warnings.length > 0) throw new RecordsUnavailable("the database did not commit");
  return BigInt(after?.rows[0]?.position ?? 0);
}

/** Several statements without values give several results, which the driver's types leave out. */
async function several<R extends object>(client: PoolClient, statements: string): Promise<readonly QueryResult<R>[]> {
  return (await client.query(statements)) as unknown as readonly QueryResult<R>[];
}

function checkDurability({ fsync, synchronousCommit }: Durability): void {
  if (fsync === "off") throw new RecordsUnavailable("the database runs with fsync off: set fsync = on, and restart PostgreSQL");
  if (synchronousCommit === "off") {
    throw new RecordsUnavailable("the database runs with synchronous_commit off: set it to on for the server, the database and our role");
  }
}

/** The driver takes the weaker modes for `verify-full` and says so on stderr, where everything else is JSON. */
function strictTls(url: string): string {
  return url.includes("uselibpqcompat=") ? url : url.replace(/([?&]sslmode=)(?:prefer|require|verify-ca)(?=&|$)/g, "$1verify-full");
}
