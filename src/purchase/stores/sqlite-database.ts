/** The SQLite database of purchase records as one process uses it: opened when it is first needed, shared with other processes of the machine,
 *  and refused while its files are not what they were. @see docs/decisions/0019 */
import { randomInt } from "node:crypto";
import { rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { RecordsUnavailable } from "../attempt-store.js";
import { DatabaseFiles, fileExists } from "./database-files.js";
import { SqliteConnection, type Meta } from "./sqlite-connection.js";
import { isBusy, problemOf } from "./sqlite-problem.js";
import { createDatabase } from "./sqlite-schema.js";

/** How long a write waits for other processes' writes. */
const patienceMs = 5000;
const longestPauseMs = 12;
/** After so long without a write the main file is brought up to date: a copy of it alone is then complete. */
const idleMs = 200;
/** At least what a claim writes: a full disk may have room for less. */
const claimBytes = 16_000;
/** So long a write proves that the next one is possible. */
const goodMs = 1000;

interface Open {
  readonly connection: SqliteConnection;
  readonly files: DatabaseFiles;
}

/** What a step has done, and whether that is to be kept. */
interface Written<T> {
  readonly keep: boolean;
  readonly result: T;
}

export class SqliteDatabase {
  readonly path: string;
  private open: Open | undefined;
  /** What this process has seen of it. It outlives the connection: a file that knows less is not the same records. */
  private known: Meta | undefined;
  /** Files that others have taken the name of. They stay open: SQLite would mix up a new connection to one of them with the old one, and a
   *  file that is open is known by its inode. */
  private readonly left: Open[] = [];
  private idle: NodeJS.Timeout | undefined;
  private wanted = false;
  /** When something was written last; undefined before the first time, and after anything has failed. */
  private goodAtMs: number | undefined;
  private closed = false;

  constructor(directory: string) {
    this.path = resolve(join(directory, "purchases.sqlite"));
  }

  /** Whether there is one, or somebody has asked for it, so that there should be. */
  isWanted(): boolean {
    return this.wanted || fileExists(this.path) || fileExists(`${this.path}-wal`);
  }

  /** @throws RecordsUnavailable */
  read<T>(step: (connection: SqliteConnection, meta: Meta) => T): Promise<T> {
    return this.patiently(({ connection }) => connection.read(() => step(connection, this.checked(connection.meta()))));
  }

  /** One step for all processes, on the disk when it resolves. @throws RecordsUnavailable Then nobody may rely on what was written, although
   *  it may be found later. */
  write<T>(step: (connection: SqliteConnection) => Written<T>): Promise<T> {
    return this.patiently((open) => {
      const { connection } = open;
      return this.written(open, () => {
        const [after] = connection.all("UPDATE meta SET commits = commits + 1 RETURNING identity, secret, commits") as readonly Meta[];
        if (after === undefined) throw new RecordsUnavailable("the database file is damaged");
        const before = this.checked({ ...after, commits: after.commits - 1 });
        const { keep, result } = step(connection);
        return { keep, result: { result, meta: keep ? after : before, wrote: keep } };
      });
    });
  }

  /** Looks at the files, and writes something that means nothing, unless that has just been done. @throws RecordsUnavailable where that
   *  fails. */
  async probe(): Promise<void> {
    if (this.goodAtMs !== undefined && performance.now() - this.goodAtMs < goodMs) return this.patiently(() => undefined);
    await this.patiently((open) =>
      this.written(open, () => {
        open.connection.all(`INSERT OR REPLACE INTO probe VALUES (1, randomblob(${String(claimBytes)}))`);
        return { keep: true, result: { result: undefined, meta: this.checked(open.connection.meta()), wrote: true } };
      }),
    );
  }

  private written<T>(
    { connection, files }: Open,
    step: () => Written<{ readonly result: T; readonly meta: Meta; readonly wrote: boolean }>,
  ): T {
    const { result, meta, wrote } = connection.write(step);
    // Where the file has lost its name meanwhile, nobody will find what was written.
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

  private async patiently<T>(step: (open: Open) => T): Promise<T> {
    this.wanted = true;
    const untilMs = performance.now() + patienceMs;
    for (;;) {
      try {
        return step(this.connected());
      } catch (error) {
        if (isBusy(error) && performance.now() < untilMs) await wait(randomInt(1, longestPauseMs + 1));
        else throw this.failed(error);
      }
    }
  }

  private failed(error: unknown): RecordsUnavailable {
    this.goodAtMs = undefined;
    return problemOf(error);
  }

  private connected(): Open {
    if (this.closed) throw new RecordsUnavailable("the records are closed");
    if (this.open?.files.isReplaced() === true) {
      leave(this.open);
      this.left.push(this.open);
      this.open = undefined;
    }
    this.open ??= this.opened();
    this.open.files.check();
    return this.open;
  }

  private opened(): Open {
    if (!fileExists(this.path)) {
      // The same key would buy twice with records that begin anew.
      if (this.known !== undefined || fileExists(`${this.path}-wal`)) throw new RecordsUnavailable("the database file is gone");
      createDatabase(this.path);
    }
    if (this.left.some(({ files }) => !files.isReplaced()))
      throw new RecordsUnavailable("the database file is one that was replaced before");
    const files = new DatabaseFiles(this.path);
    const connection = new SqliteConnection(this.path, "rw");
    this.checked(connection.meta());
    files.watchCompanions();
    return { connection, files };
  }

  private checked(meta: Meta): Meta {
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

  private checkpoint({ connection }: Open): void {
    try {
      connection.checkpoint();
    } catch {
      // The next write tells what is wrong, and nothing is lost: it stays in the -wal file.
    }
  }
}

/** Makes way for a file that has taken the name of an open one. What the old one has left beside it would be taken for the new one's, so it
 *  is removed, which is safe only where the new file holds all that the old one does. @throws RecordsUnavailable where it does not. */
function leave({ connection, files }: Open): void {
  if (files.ownCompanions().length === 0) return;
  files.checkCompanions();
  try {
    // One process at a time: where another has done it already, nothing of ours is left.
    connection.write(() => {
      const own = files.ownCompanions();
      if (own.length > 0) {
        checkCopy(metaOfFile(files.path), connection.meta());
        for (const path of own) rmSync(path, { force: true });
      }
      return { keep: false, result: undefined };
    });
  } catch (error) {
    if (isBusy(error) || error instanceof RecordsUnavailable) throw error;
    throw new RecordsUnavailable("the database file was replaced: remove the -wal and -shm files that the old one has left", {
      cause: error,
    });
  }
}

/** @throws RecordsUnavailable where it is not the database that is known, or an earlier state of it. */
function checkCopy(copy: Meta, known: Meta): void {
  if (copy.identity !== known.identity) throw new RecordsUnavailable("the database file is of another database");
  if (copy.commits < known.commits) throw new RecordsUnavailable("the database file is an older copy");
}

/** What the main file alone says of itself. */
function metaOfFile(path: string): Meta {
  try {
    return new SqliteConnection(path, "alone").meta();
  } catch (error) {
    throw problemOf(error);
  }
}
