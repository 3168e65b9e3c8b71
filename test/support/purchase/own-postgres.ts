/** A PostgreSQL for the tests of one file, where there is one on this machine, and what each of them has to undo. */
import { afterAll, afterEach, beforeAll } from "vitest";
import { PostgresServer } from "../../../scripts/databases/postgres-server.js";
import { withoutPostgres } from "./places.js";

/** @param started Takes the server before the first test.
 *  @returns What is called after each test, the last first. */
export function ownPostgres(started: (server: PostgresServer) => void): (() => unknown)[] {
  let server: PostgresServer | undefined;
  const cleanups: (() => unknown)[] = [];
  beforeAll(async () => {
    if (withoutPostgres) return;
    server = await PostgresServer.start();
    started(server);
  });
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  });
  afterAll(() => server?.remove());
  return cleanups;
}
