/** Watches the files of an open SQLite database. SQLite does not notice when they are deleted, replaced or cut short: it would go on in
 *  files that cannot be found again, and shared memory that is cut short would end the process with SIGBUS. */
import { statSync } from "node:fs";
import { RecordsUnavailable } from "../attempt-store.js";

/** One file as it was at the last look. No file shrinks while a process has the database open. */
interface Seen {
  readonly dev: bigint;
  readonly ino: bigint;
  readonly size: bigint;
}

const companions = ["-wal", "-shm"] as const;

/** Undefined where there is no file. @throws RecordsUnavailable where it cannot be examined. */
function lookAt(path: string): Seen | undefined {
  try {
    return statSync(path, { bigint: true, throwIfNoEntry: false });
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOTDIR") return undefined;
    throw new RecordsUnavailable("the folder of the database cannot be read", { cause });
  }
}

export function fileExists(path: string): boolean {
  return lookAt(path) !== undefined;
}

function isSame(one: Seen, other: Seen | undefined): boolean {
  return one.dev === other?.dev && one.ino === other.ino;
}

export class DatabaseFiles {
  private readonly seen = new Map<string, Seen>();

  /** For a database that is about to be opened. @throws RecordsUnavailable where its file is missing or empty. */
  constructor(readonly path: string) {
    const main = lookAt(path);
    if (main === undefined) throw new RecordsUnavailable("the database file is gone");
    if (main.size === 0n) throw new RecordsUnavailable("the database file is empty");
    this.seen.set("", main);
  }

  /** Begins to watch the companions, which exist from the first transaction on. @throws RecordsUnavailable */
  watchCompanions(): void {
    for (const suffix of ["", ...companions]) this.checkOne(suffix);
  }

  /** Whether another file has taken the database's name. */
  isReplaced(): boolean {
    return fileExists(this.path) && !this.isInPlace("");
  }

  /** The companions of this database that still have their names. */
  ownCompanions(): readonly string[] {
    return companions.filter((suffix) => this.isInPlace(suffix)).map((suffix) => this.path + suffix);
  }

  /** @throws RecordsUnavailable where a file is missing, another one, or shorter than it was. */
  check(): void {
    for (const suffix of this.seen.keys()) this.checkOne(suffix);
  }

  /** The same for the files that still have their names, whatever became of the main file. @throws RecordsUnavailable */
  checkCompanions(): void {
    for (const suffix of companions) if (this.isInPlace(suffix)) this.checkOne(suffix);
  }

  /** Whether the -wal file may be moved into the main file, which is right where only the -wal file has lost its name. */
  canCheckpoint(): boolean {
    try {
      for (const suffix of ["", "-shm", ...(lookAt(`${this.path}-wal`) === undefined ? [] : ["-wal"])]) this.checkOne(suffix);
      return true;
    } catch {
      return false;
    }
  }

  private isInPlace(suffix: string): boolean {
    const seen = this.seen.get(suffix);
    return seen !== undefined && isSame(seen, lookAt(this.path + suffix));
  }

  private checkOne(suffix: string): void {
    const name = suffix === "" ? "the database file" : `the database's ${suffix} file`;
    const [seen, found] = [this.seen.get(suffix), lookAt(this.path + suffix)];
    if (found === undefined) throw new RecordsUnavailable(`${name} is gone`);
    if (seen !== undefined && !isSame(seen, found)) throw new RecordsUnavailable(`${name} was replaced`);
    if (seen !== undefined && found.size < seen.size) throw new RecordsUnavailable(`${name} is truncated`);
    this.seen.set(suffix, found);
  }
}
