/** One connection to the SQLite database of purchase records, with its prepared statements. Everything here is synchronous: a transaction
 *  begins and ends within one turn of the event loop, so nothing else in this process comes between. */
import { pathToFileURL } from "node:url";
import Database from "libsql";
import { RecordsUnavailable } from "../attempt-store.js";
import type { Done } from "./claim-rules.js";
import { format } from "./sqlite-schema.js";

type Value = string | number;

/** Which database it is, and how many changes it holds. */
export interface Meta {
  readonly identity: string;
  /** What digests are made with, in base64. */
  readonly secret: string;
  /** Changes of records so far. */
  readonly commits: number;
}

export class SqliteConnection {
  private readonly database: Database.Database;
  private readonly statements = new Map<string, Database.Statement>();

  /** @param mode `rw` never makes a file. `alone` reads the file without what other files hold of it, and never writes.
   *  @throws SqliteError, or Error where it cannot be opened. */
  constructor(path: string, mode: "rw" | "alone") {
    const parameters = mode === "rw" ? "mode=rw" : "mode=ro&immutable=1";
    this.database = new Database(`${pathToFileURL(path).href}?${parameters}`);
    if (mode === "rw") this.setUp();
  }

  /** Commits go to the disk, and reads come from the file: a shorter file would take mapped memory away. @throws RecordsUnavailable */
  private setUp(): void {
    const settings = ["journal_mode = WAL", "synchronous = FULL", "fullfsync = ON", "mmap_size = 0", "cell_size_check = ON"];
    this.database.exec(settings.map((setting) => `PRAGMA ${setting}`).join("; "));
    const [journal] = this.all("PRAGMA journal_mode") as readonly { readonly journal_mode: string }[];
    const [sync] = this.all("PRAGMA synchronous") as readonly { readonly synchronous: number }[];
    if (journal?.journal_mode !== "wal" || sync?.synchronous !== 2) {
      throw new RecordsUnavailable("the file system of the database does not allow for a write-ahead log");
    }
  }

  /** Runs a statement to its end, so that it keeps no snapshot. */
  all(sql: string, ...values: readonly Value[]): readonly unknown[] {
    const statement = this.statements.get(sql) ?? this.database.prepare(sql);
    this.statements.set(sql, statement);
    return statement.all(...values);
  }

  /** @throws RecordsUnavailable where a later version of this service has made it. */
  meta(): Meta {
    const [meta] = this.all("SELECT format, identity, secret, commits FROM meta") as readonly (Meta & { readonly format: number })[];
    if (meta === undefined) throw new RecordsUnavailable("the database file is damaged");
    if (meta.format !== format) throw new RecordsUnavailable("the database was made by another version of this service");
    return meta;
  }

  /** All or nothing, on the disk when it returns. @throws SqliteError; SQLITE_BUSY at once where another process writes. */
  write<T>(step: () => Done<T>): T {
    // Cached pages would hide that the file is damaged.
    this.all("PRAGMA shrink_memory");
    return this.transaction("BEGIN IMMEDIATE", step);
  }

  /** One snapshot: the newest there is. @throws SqliteError; SQLITE_BUSY at once where another process recovers the database. */
  read<T>(step: () => T): T {
    // The first statement takes the snapshot.
    return this.transaction("BEGIN; SELECT commits FROM meta", () => ({ wrote: false, result: step() }));
  }

  /** Moves what was written into the main file, as far as other processes allow. */
  checkpoint(): void {
    try {
      this.database.exec("PRAGMA wal_checkpoint(PASSIVE)");
    } catch {
      // The next write says what is wrong. Nothing is lost: it stays in the -wal file.
    }
  }

  /** For statements that another process may block. They are not prepared: the driver leaves a prepared statement that was busy half done,
   *  and until it is reset the connection keeps its old snapshot. */
  private transaction<T>(begin: string, step: () => Done<T>): T {
    try {
      this.database.exec(begin);
      const { wrote, result } = step();
      this.database.exec(wrote ? "COMMIT" : "ROLLBACK");
      return result;
    } finally {
      // SQLite rolls back by itself after some failures.
      if (this.database.inTransaction) this.database.exec("ROLLBACK");
    }
  }

  /** The driver closes the file when it forgets the last statement. */
  close(): void {
    this.statements.clear();
    this.database.close();
  }
}
