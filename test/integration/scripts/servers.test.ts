/** Servers that scripts start do not outlive them. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { expect, it } from "vitest";
import { withoutPostgres } from "../../support/purchase/places.js";

const module = JSON.stringify(import.meta.resolve("../../../scripts/databases/postgres-server.js").replace(/\.js$/, ".ts"));

/** Runs a script that freezes a server and then ends it. @returns The process id of the server. */
function freezeAnd(end: string): string {
  const script = `
    import { readFileSync } from "node:fs";
    import { join } from "node:path";
    import { PostgresServer } from ${module};
    const server = await PostgresServer.start();
    console.log(readFileSync(join(server.folder, "data", "postmaster.pid"), "utf8").split("\\n")[0]);
    server.freeze();
    ${end}`;
  const args = ["--import", import.meta.resolve("tsx"), "--input-type=module", "--eval", script];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", timeout: 30_000 });
  expect([status, stderr]).toEqual([0, ""]);
  expect(stdout).toMatch(/^\d+\n$/);
  return stdout.trim();
}

it.skipIf(withoutPostgres).each([
  ["is removed", "await server.remove();"],
  ["ends with the script", "process.exit();"],
])("a PostgreSQL that hangs %s", { timeout: 60_000 }, async (_, end) => {
  const pid = freezeAnd(end);
  while (existsSync(`/proc/${pid}`)) await wait(50);
});
