/** Where the records in PostgreSQL were when purchases were last allowed, and whether they are still there. A restored backup and a promoted
 *  standby may lack purchases that were made, so both keep purchases off until an operator has confirmed them. @see docs/decisions/0046 */
import type { ClientBase } from "pg";
import { RecordsUnavailable } from "../attempt-store.js";

const confirm = "run `7digital-graphql records confirm` if no later purchase is missing";

/** What one process has seen of the database. */
export interface Known {
  readonly identity: string;
  /** What digests are made with, in base64. */
  readonly secret: string;
  /** When it was confirmed, in epoch milliseconds. Grows with every confirmation, whatever the clock says. */
  readonly confirmed: bigint;
  /** How far the server had written its log, in bytes. It never goes back until the next confirmation. */
  readonly position: bigint;
}

/** Whether one is an earlier state of the same records than the other. */
export function isEarlier(one: Known, other: Known): boolean {
  return one.confirmed < other.confirmed || (one.confirmed === other.confirmed && one.position < other.position);
}

interface Found {
  readonly identity: string;
  readonly secret: string;
  readonly confirmed: string | null;
  readonly position: string;
  readonly isOriginal: boolean;
  readonly isSameTimeline: boolean;
}

/** The timeline is that of the log now: the control file learns of a promotion with the next checkpoint only. */
const here = `SELECT (SELECT system_identifier::text FROM pg_control_system()) AS system,
  (SELECT oid::text FROM pg_database WHERE datname = current_database()) AS database,
  left(pg_walfile_name(pg_current_wal_lsn()), 8) AS timeline`;

/** The transaction that writes the place writes its own number into it. Whatever copies the row gives it another `xmin`, even where a dump is
 *  restored into the same database. VACUUM keeps it. */
export const placeTable = `CREATE TABLE purchase_place (
    one integer PRIMARY KEY CHECK (one = 1),
    system text NOT NULL,
    database text NOT NULL,
    timeline text NOT NULL,
    written_by text NOT NULL,
    confirmed bigint NOT NULL
  )`;

/** Allows purchases where the records are now, and lets running processes forget what they have seen. */
export async function writePlace(client: ClientBase): Promise<void> {
  const writtenBy = "(pg_current_xact_id()::text::bigint & 4294967295)::text";
  const sql = `INSERT INTO purchase_place AS place
    SELECT 1, system, database, timeline, ${writtenBy}, (extract(epoch FROM clock_timestamp()) * 1000)::bigint FROM (${here}) AS here
    ON CONFLICT (one) DO UPDATE SET system = excluded.system, database = excluded.database, timeline = excluded.timeline,
      written_by = excluded.written_by, confirmed = greatest(place.confirmed + 1, excluded.confirmed)`;
  await client.query(sql);
}

/** Reads which records these are. @param known What this process has seen of them before.
 *  @throws RecordsUnavailable where they may be an earlier state. */
export async function readPlace(client: ClientBase, known: Known | undefined): Promise<Known> {
  const sql = `SELECT m.identity, m.secret, p.confirmed::text, (pg_current_wal_flush_lsn() - '0/0'::pg_lsn)::text AS position,
      coalesce(p.system = here.system AND p.database = here.database AND p.written_by = p.xmin::text, false) AS "isOriginal",
      coalesce(p.timeline = here.timeline, false) AS "isSameTimeline"
    FROM purchase_meta m LEFT JOIN purchase_place p ON p.one = m.one CROSS JOIN (${here}) AS here`;
  const [found] = (await client.query<Found>(sql)).rows;
  if (found === undefined) throw new RecordsUnavailable("the tables of the records are damaged");
  const { identity, secret, confirmed } = found;
  if (known !== undefined && identity !== known.identity) throw new RecordsUnavailable("it is another database than before");
  if (confirmed === null || !found.isOriginal) throw new RecordsUnavailable(`the database is a restored copy: ${confirm}`);
  if (!found.isSameTimeline) throw new RecordsUnavailable(`a standby was promoted, or a backup restored: ${confirm}`);
  const current = { identity, secret, confirmed: BigInt(confirmed), position: BigInt(found.position) };
  if (known !== undefined && isEarlier(current, known)) throw new RecordsUnavailable(`the database is an older copy: ${confirm}`);
  return current;
}
