/** The LMDB file of a folder. A process opens it once, however many use it: two environments on one file in one process can each wait for
 *  the other's lock, for ever. */
import { chmodSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { open, type RootDatabase } from "lmdb";

type Database = RootDatabase<unknown, (string | number)[]>;

interface Shared {
  readonly db: Database;
  users: number;
}

export interface File {
  readonly db: Database;
  /** Resolves when everything is written; the last one who has it closes it. */
  release(): Promise<void>;
}

const shared = new Map<string, Shared>();

/** Makes folder and file where they are not there, for this user only. @throws Error where that can not be done. */
export function openFile(directory: string): File {
  const path = resolve(join(directory, "purchases.mdb"));
  const file = shared.get(path) ?? { db: opened(directory, path), users: 0 };
  shared.set(path, file);
  file.users += 1;
  return {
    db: file.db,
    async release() {
      await file.db.flushed;
      file.users -= 1;
      if (file.users > 0) return;
      shared.delete(path);
      await file.db.close();
    },
  };
}

function opened(directory: string, path: string): Database {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  // What is committed is on the disk before the next may write. By lmdb's default the flush comes later, under a lock of its own, and where a
  // process is killed with that lock the next to take it counts the last commit as not made: what others have written in the meantime is lost.
  const db = open<unknown, (string | number)[]>({ path, noSubdir: true, encoding: "json", overlappingSync: false });
  for (const file of [path, `${path}-lock`]) chmodSync(file, 0o600);
  return db;
}
