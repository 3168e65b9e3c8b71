/** One process's access to the SQLite database of purchase records, which is not used while its files are not what they were.
 *  @see docs/decisions/0019 */
import { randomInt } from "node:crypto";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { canHoldFiles } from "../../config/start-warnings.js";
import { RecordsUnavailable } from "../attempt-store.js";
import type { Done } from "./claim-rules.js";
import { DatabaseFiles, fileExists } from "./database-files.js";
import { networkFileSystemOf } from "./network-file-system.js";
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

export class SqliteDatabase {
  private readonly path: string;
  private open: OpenDatabase | undefined;
  /** What this process has seen of the database. It outlives the connection: a file that holds less is not the same records. */
  private known: Meta | undefined;
  /** Files whose names others have taken. They stay open: their inodes stay theirs, and SQLite would mix up a new connection with the old. */
  private readonly replaced: OpenDatabase[] = [];
  private idle: NodeJS.Timeout | undefined;
  private wanted = false;
  /** When something was written last. Undefined before the first time and after any failure. */
  private goodAtMs: number | undefined;
  private closed = false;

  constructor(private readonly directory: string) {
    this.path = resolve(join(directory, "purchases.sqlite"));
  }

  /** @throws RecordsUnavailable */
  read<T>(step: (connection: SqliteConnection) => T): Promise<T> {
    return this.tryPatiently(({ connection }) =>
      connection.read(() => {
        this.checkMeta(connection.meta());
        return step(connection);
      }),
    );
  }

  /** Atomic among all processes, and on the disk when it resolves.
   *  @throws RecordsUnavailable What was written must not be relied on, but may appear later. */
  write<T>(step: (connection: SqliteConnection) => Done<T>): Promise<T> {
    return this.tryPatiently(({ connection, files }) => {
      const { wrote, result, meta } = connection.write(() => {
        this.checkMeta(connection.meta());
        const done = step(connection);
        return { wrote: done.wrote, result: { ...done, meta: connection.meta() } };
      });
      // If the file has lost its name meanwhile, what was written will not be found.
      files.check();
      if (wrote) {
        this.known = meta;
        this.goodAtMs = performance.now();
        this.checkpointSoon();
      }
      return result;
    });
  }

  /** Checks the files and tries a write, unless one has just succeeded. A database that nothing has needed yet is not created.
   *  @throws RecordsUnavailable */
  async probe(): Promise<void> {
    if (!this.wanted && !fileExists(this.path) && !fileExists(`${this.path}-wal`)) {
      this.checkFileSystem();
      if (!canHoldFiles(this.directory)) throw new RecordsUnavailable("the folder of the database cannot be written to");
    } else if (this.goodAtMs !== undefined && performance.now() - this.goodAtMs < goodMs) {
      await this.tryPatiently(() => undefined);
    } else {
      await this.write((connection) => {
        connection.all(`INSERT OR REPLACE INTO probe VALUES (1, randomblob(${String(claimBytes)}))`);
        return { wrote: true, result: undefined };
      });
    }
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.idle);
    // Closing reads shared memory, which may be cut short.
    if (this.open?.files.canCheckpoint() !== true) return;
    this.open.connection.checkpoint();
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
        else {
          this.goodAtMs = undefined;
          throw problemOf(error);
        }
      }
    }
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

  /** @throws RecordsUnavailable where copies on other machines may use the same file. */
  private checkFileSystem(): void {
    const name = networkFileSystemOf(this.directory);
    if (name !== undefined)
      throw new RecordsUnavailable(`the folder of the database is on ${name}: use a disk of this machine, or PostgreSQL`);
  }

  private openFiles(): OpenDatabase {
    this.checkFileSystem();
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

  private checkMeta(meta: Meta): void {
    if (this.known !== undefined) checkCopy(meta, this.known);
    this.known = meta;
  }

  private checkpointSoon(): void {
    clearTimeout(this.idle);
    this.idle = setTimeout(() => {
      if (this.open?.files.canCheckpoint() === true) this.open.connection.checkpoint();
    }, idleMs).unref();
  }
}
