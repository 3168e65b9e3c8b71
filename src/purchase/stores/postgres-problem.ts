/** PostgreSQL's failures in words for operators. Never the failure's own words, which may hold the user, the host or a value. */
import { RecordsUnavailable } from "../attempt-store.js";

/** By SQLSTATE, or the code of Node. @see PostgreSQL manual, appendix A */
const meanings: readonly (readonly [RegExp, string])[] = [
  [/^53100$/, "the disk of the database is full"],
  [/^53/, "the database is overloaded"],
  [/^28/, "the database does not accept our credentials"],
  [/^3D000$/, "there is no such database"],
  [/^42501$/, "our role in the database may not do this"],
  [/^42P01$/, "the tables of the records are gone"],
  // 0A000: a standby cannot begin a transaction that writes.
  [/^25006$|^0A000$/, "the database is read-only"],
  [/^55P03$|^40P01$/, "another process keeps the records locked"],
  [/^57014$/, "the database does not answer in time"],
  [/^57P/, "the database is shutting down or starting"],
  [/^58|^XX/, "the database is damaged, or its disk fails"],
  [/^(?:ECONNREFUSED|ECONNRESET|EPIPE|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|ENOENT|EACCES)$/, "the database cannot be reached"],
  [/^ETIMEDOUT$/, "the database does not answer in time"],
  [/^(?:ERR_TLS|ERR_SSL|CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO|EPROTO)/, "the database's TLS cannot be trusted"],
];

/** For failures without a code. */
const words: readonly (readonly [RegExp, string])[] = [
  [/after calling end/, "the records are closed"],
  [/time(?:d )?out/i, "the database does not answer in time"],
  [/SSL/, "the database offers no TLS"],
  [/terminated|not queryable|ended/i, "the connection to the database was lost"],
];

/** Repeats nothing of the failure itself. */
export function problemOf(error: unknown): RecordsUnavailable {
  if (error instanceof RecordsUnavailable) return error;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const message = error instanceof Error ? error.message : "";
  const known = meanings.find(([pattern]) => pattern.test(code)) ?? words.find(([pattern]) => pattern.test(message));
  const state = /^[0-9A-Z]{5}$/.test(code) ? ` (${code})` : "";
  return new RecordsUnavailable(known?.[1] ?? `the database fails${state}`);
}
