/** What endangers the records in PostgreSQL although purchases can be recorded now. */
import type { ClientBase } from "pg";
import type { Risk } from "../attempt-store.js";

const asynchronous: Risk = {
  name: "asynchronous standby",
  advice:
    "A standby follows the database of purchase records, and synchronous_standby_names is empty: after a failover, keys could buy again. " +
    "Name the standby there.",
};
const unseen: Risk = {
  name: "unseen replication",
  advice:
    "Something replicates the database of purchase records, and synchronous_standby_names is empty. Our role may not see whether it is a " +
    "standby: GRANT pg_monitor to it. After a failover to an asynchronous standby, keys could buy again.",
};
const tornPages: Risk = {
  name: "full_page_writes off",
  advice:
    "The database of purchase records runs with full_page_writes off: a crash of its machine may damage records, unless its file system " +
    "writes whole pages. Set it to on.",
};

interface Found {
  readonly tornPages: boolean;
  readonly asynchronous: boolean;
  readonly standbys: number;
  readonly unseen: number;
}

/** A base backup is no standby, nor is a subscriber of logical changes, which is not promoted. Without pg_monitor a role sees that something
 *  replicates, but not what. */
const sql = `SELECT current_setting('full_page_writes') = 'off' AS "tornPages",
    current_setting('synchronous_standby_names') = '' AS asynchronous,
    (count(*) FILTER (WHERE state IN ('catchup', 'streaming')))::int AS standbys,
    (count(*) FILTER (WHERE state IS NULL))::int AS unseen
  FROM pg_stat_replication
  WHERE pid NOT IN (SELECT active_pid FROM pg_replication_slots WHERE slot_type = 'logical' AND active_pid IS NOT NULL)`;

export async function readRisks(client: ClientBase): Promise<readonly Risk[]> {
  const [found] = (await client.query<Found>(sql)).rows;
  if (found === undefined) return [];
  return [
    ...(found.asynchronous && found.standbys > 0 ? [asynchronous] : []),
    ...(found.asynchronous && found.unseen > 0 ? [unseen] : []),
    ...(found.tornPages ? [tornPages] : []),
  ];
}
