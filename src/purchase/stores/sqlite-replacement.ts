/** What happens when another file takes the name of an open SQLite database. @see docs/decisions/0019 */
import { rmSync } from "node:fs";
import { RecordsUnavailable } from "../attempt-store.js";
import type { DatabaseFiles } from "./database-files.js";
import { SqliteConnection, type Meta } from "./sqlite-connection.js";
import { isBusy, problemOf } from "./sqlite-problem.js";

export interface OpenDatabase {
  readonly connection: SqliteConnection;
  readonly files: DatabaseFiles;
}

/** Makes way for a file that has taken the name of an open one. The old file's companions would be taken for the new one's, so they are
 *  removed. That is safe only if the new file holds all that the old one does. @throws RecordsUnavailable where it does not. */
export function retireReplaced({ connection, files }: OpenDatabase): void {
  if (files.ownCompanions().length === 0) return;
  files.checkCompanions();
  try {
    // One process at a time. If another has done it already, nothing of ours is left.
    connection.write(() => {
      const own = files.ownCompanions();
      if (own.length > 0) {
        checkCopy(readMainFile(files.path), connection.meta());
        for (const path of own) rmSync(path, { force: true });
      }
      return { wrote: false, result: undefined };
    });
  } catch (error) {
    if (isBusy(error) || error instanceof RecordsUnavailable) throw error;
    throw new RecordsUnavailable("the database file was replaced: remove the -wal and -shm files that the old one has left", {
      cause: error,
    });
  }
}

/** @throws RecordsUnavailable for another database, or an earlier state of this one. */
export function checkCopy(copy: Meta, known: Meta): void {
  if (copy.identity !== known.identity) throw new RecordsUnavailable("the database file is of another database");
  if (copy.commits < known.commits) throw new RecordsUnavailable("the database file is an older copy");
}

/** What the main file says without its companions. */
function readMainFile(path: string): Meta {
  try {
    return new SqliteConnection(path, "alone").meta();
  } catch (error) {
    throw problemOf(error);
  }
}
