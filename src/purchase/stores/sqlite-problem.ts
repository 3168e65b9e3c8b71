/** SQLite's failures in words for operators. */
import { RecordsUnavailable } from "../attempt-store.js";

const meanings: readonly (readonly [RegExp, string])[] = [
  [/^SQLITE_FULL/, "the disk is full"],
  // SQLITE_ERROR: a table is missing.
  [/^SQLITE_(?:CORRUPT|NOTADB|FORMAT|ERROR)/, "the database file is damaged"],
  [/^SQLITE_(?:READONLY|PERM)/, "the database cannot be written to"],
  [/^SQLITE_(?:BUSY|LOCKED|PROTOCOL)/, "another process keeps the database locked"],
  [/^SQLITE_IOERR/, "the disk fails"],
  [/^SQLITE_CANTOPEN/, "the database file cannot be opened"],
  [/^ENOSPC|^EDQUOT/, "the disk is full"],
  [/^E(?:ROFS|ACCES|PERM|NOTDIR|EXIST|ISDIR)/, "the folder of the database cannot be written to"],
];

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

/** Whether another process holds the database now, so that trying again soon may help. */
export function isBusy(error: unknown): boolean {
  return /^SQLITE_(?:BUSY|LOCKED|PROTOCOL)/.test(codeOf(error));
}

export function problemOf(cause: unknown): RecordsUnavailable {
  if (cause instanceof RecordsUnavailable) return cause;
  const code = codeOf(cause);
  const meaning = meanings.find(([pattern]) => pattern.test(code))?.[1];
  // The driver gives no code where it cannot open a file.
  const fallback =
    cause instanceof Error && cause.message.startsWith("ConnectionFailed") ? "the database file cannot be opened" : undefined;
  return new RecordsUnavailable(meaning ?? fallback ?? "the database fails", { cause });
}
