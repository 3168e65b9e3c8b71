/** Purchases whose SQLite file would be on a network file system. The operating system's answer is given by the test, for there is no such file
 *  system here; the numbers are those of linux/magic.h. */
import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { buyAt, openStand, quoteAt, type Running, type Stand } from "../../support/stand.js";

const types = { nfs: 0x6969, smb2: 0xfe534d42, smb2Signed: 0xfe534d42 | 0, ext4: 0xef53 };

let stand: Stand | undefined;
afterEach(() => stand?.close());

async function startOn(type: number, directory: string): Promise<Running> {
  stand = await openStand({ DATA_DIRECTORY: directory });
  return stand.start(`
    import fs from "node:fs";
    import { syncBuiltinESMExports } from "node:module";
    fs.statfsSync = () => ({ type: ${String(type)} });
    syncBuiltinESMExports();`);
}

it.each([
  ["NFS", types.nfs],
  ["SMB", types.smb2],
  ["SMB", types.smb2Signed],
])("are not made on %s (%d), where another machine may sell from the same file, and no file is made", async (name, type) => {
  const directory = mkdtempSync(join(tmpdir(), "network-"));
  const facade = await startOn(type, directory);
  const reason = `purchase records: the folder of the database is on ${name}: use a disk of this machine, or PostgreSQL`;
  expect(await facade.get("/ready")).toMatchObject({ status: 200, body: JSON.stringify({ status: "degraded", reasons: [reason] }) });
  const answer = await buyAt(facade, await quoteAt(facade), "key-of-the-test-000001");
  expect(JSON.stringify(answer)).toContain("OUTCOME_UNKNOWN");
  expect(stand?.sandbox.journal.entries().filter(({ method }) => method.startsWith("user/purchase"))).toEqual([]);
  expect(await facade.ask(`{ artist(id: "1") { name } }`)).toMatchObject({
    status: 200,
    body: expect.not.stringContaining("errors") as string,
  });
  expect(readdirSync(directory)).toEqual([]);
});

it("are made on a disk of this machine", async () => {
  const facade = await startOn(types.ext4, mkdtempSync(join(tmpdir(), "local-")));
  const answer = await buyAt(facade, await quoteAt(facade), "key-of-the-test-000002");
  expect(JSON.stringify(answer)).toContain("SUCCEEDED");
});
