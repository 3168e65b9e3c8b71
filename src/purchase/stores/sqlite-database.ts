/** One process's access to the SQLite database of purchase records: opened on first use, shared with other processes of the machine, and not
 *  used while its files are not what they were. @see docs/decisions/0019 */
import { randomInt } from "node:crypto";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { RecordsUnavailable } from "../attempt-store.js";
import { DatabaseFiles, fileExists } from "./database-files.js";
import { SqliteConnection, type Meta } from "./sqlite-connection.js";
import { isBusy, problemOf } from "./sqlite-problem.js";
import { checkCopy, retireReplaced, type OpenDatabase } from "./sqlite-replacement.js";
import { createDatabase } from "./sqlite-schema.js";

/** How long a write waits for other processes' writes. */
const patienceMs = 5000;
const longestPauseMs = 12;
/** After this time without a write the main file is brought up to date, so that a copy of it alone is complete. */
const idleMs = 200;
/** At least as much as a claim writes: a full disk may have room for less. */
const claimBytes = 16_000;
/** For this long a write proves that the next one is possible. */
const goodMs = 1000;

/** The result of a step, and whether to keep what it wrote. */
interface Written<T> {
  readonly keep: boolean;
  readonly result: T;
}

export class SqliteDatabase {
  readonly path: string;
  private open: OpenDatabase | undefined;
  /** What this process has seen of the database. It outlives the connection: a file that holds less is not the same records. */
  private known: Meta | undefined;
  /** Files whose names other files have taken. They stay open: SQLite would mix up a new connection to one of them with the old one, and a
   *  file that is open is known by its inode. */
  private readonly replaced: OpenDatabase[] = [];
  private idle: NodeJS.Timeout | undefined;
  private wanted = false;
  /** When something was written last. Undefined before the first time and after any failure. */
  private goodAtMs: number | undefined;
  private closed = false;

  constructor(directory: string) {
    this.path = resolve(join(directory, "purchases.sqlite"));
  }

  /** Whether the database exists, or has been used and should exist. */
  isWanted(): boolean {
    return this.wanted || fileExists(this.path) || fileExists(`${this.path}-wal`);
  }

  /** @throws RecordsUnavailable */
  read<T>(step: (connection: SqliteConnection, meta: Meta) => T): Promise<T> {
    return this.tryPatiently(({ connection }) => connection.read(() => step(connection, this.checkMeta(connection.meta()))));
  }

  /** Atomic among all processes, and on the disk when it resolves.
   *  @throws RecordsUnavailable What was written must not be relied on, but may appear later. */
  write<T>(step: (connection: SqliteConnection) => Written<T>): Promise<T> {
    return this.tryPatiently((open) => {
      const { connection } = open;
      return this.written(open, () => {
        const [after] = connection.all("UPDATE meta SET commits = commits + 1 RETURNING identity, secret, commits") as readonly Meta[];
        if (after === undefined) throw new RecordsUnavailable("the database file is damaged");
        const before = this.checkMeta({ ...after, commits: after.commits - 1 });
        const { keep, result } = step(connection);
        return { keep, result: { result, meta: keep ? after : before, wrote: keep } };
      });
    });
  }

  /** Checks the files and tries a write, unless one has just succeeded. @throws RecordsUnavailable */
  async probe(): Promise<void> {
    if (this.goodAtMs !== undefined && performance.now() - this.goodAtMs < goodMs) return this.tryPatiently(() => undefined);
    await this.tryPatiently((open) =>
      this.written(open, () => {
        open.connection.all(`INSERT OR REPLACE INTO probe VALUES (1, randomblob(${String(claimBytes)}))`);
        return { keep: true, result: { result: undefined, meta: this.checkMeta(open.connection.meta()), wrote: true } };
      }),
    );
  }

  private written<T>(
    { connection, files }: OpenDatabase,
    step: () => Written<{ readonly result: T; readonly meta: Meta; readonly wrote: boolean }>,
  ): T {
    const { result, meta, wrote } = connection.write(step);
    // If the file has lost its name meanwhile, what was written will not be found.
    files.check();
    this.known = meta;
    if (wrote) {
      this.goodAtMs = performance.now();
      this.checkpointSoon();
    }
    return result;
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.idle);
    // Closing reads shared memory, which may be cut short.
    if (this.open?.files.canCheckpoint() !== true) return;
    this.checkpoint(this.open);
    this.open.connection.close();
    this.open = undefined;
  }

  private async tryPatiently<T>(step: (open: OpenDatabase) => T): Promise<T> {
    this.wanted = true;
    const untilMs = performance.now() + patienceMs;
    for (;;) {
      try {
        return step(this.connect());
      } catch (error) {
        if (isBusy(error) && performance.now() < untilMs) await wait(randomInt(1, longestPauseMs + 1));
        else throw this.noteFailure(error);
      }
    }
  }

  private noteFailure(error: unknown): RecordsUnavailable {
    this.goodAtMs = undefined;
    return problemOf(error);
  }

  private connect(): OpenDatabase {
    if (this.closed) throw new RecordsUnavailable("the records are closed");
    if (this.open?.files.isReplaced() === true) {
      retireReplaced(this.open);
      this.replaced.push(this.open);
      this.open = undefined;
    }
    this.open ??= this.openFiles();
    this.open.files.check();
    return this.open;
  }

  private openFiles(): OpenDatabase {
    if (!fileExists(this.path)) {
      // With new, empty records the same key would buy twice.
      if (this.known !== undefined || fileExists(`${this.path}-wal`)) throw new RecordsUnavailable("the database file is gone");
      createDatabase(this.path);
    }
    if (this.replaced.some(({ files }) => !files.isReplaced()))
      throw new RecordsUnavailable("the database file is one that was replaced before");
    const files = new DatabaseFiles(this.path);
    const connection = new SqliteConnection(this.path, "rw");
    this.checkMeta(connection.meta());
    files.watchCompanions();
    return { connection, files };
  }

  private checkMeta(meta: Meta): Meta {
    if (this.known !== undefined) checkCopy(meta, this.known);
    this.known = meta;
    return meta;
  }

  private checkpointSoon(): void {
    clearTimeout(this.idle);
    this.idle = setTimeout(() => {
      if (this.open?.files.canCheckpoint() === true) this.checkpoint(this.open);
    }, idleMs).unref();
  }

  private checkpoint({ connection }: OpenDatabase): void {
    try {
      connection.checkpoint();
    } catch {
      // The next write says what is wrong. Nothing is lost: it stays in the -wal file.
    }
  }
}
