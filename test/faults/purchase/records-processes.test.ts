/** Several processes on one SQLite file, as copies of the service on one machine are. */
import { copyFileSync, mkdtempSync, rmSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { checkpointed } from "../../support/purchase/checkpoint.js";
import { attemptAt, attemptIn, buyAt, openStand, quoteAt, type Running } from "../../support/stand.js";

async function twoProcesses() {
  const directory = mkdtempSync(join(tmpdir(), "records-"));
  const stand = await openStand({ DATA_DIRECTORY: directory, LIMIT_PURCHASES_PER_MINUTE: "0", PURCHASE_SETTLE_MS: "0" });
  onTestFinished(() => stand.close());
  const processes = await Promise.all([stand.start(), stand.start()]);
  return { main: join(directory, "purchases.sqlite"), stand, processes, quote: await quoteAt(processes[0]) };
}

async function readiness(running: Running): Promise<unknown> {
  const came = await running.get("/ready");
  return came === "cut" ? came : JSON.parse(came.body);
}

const sound = { status: "ready", reasons: [] };
let keys = 0;
const newKey = (): string => `key-of-the-processes-${String((keys += 1))}`;

it(
  "all go on with a copy that takes the place of their deleted file, and see what the others write there",
  { timeout: 90_000 },
  async () => {
    const { main, stand, processes, quote } = await twoProcesses();
    const [one, two] = processes;
    for (const running of processes) expect(attemptIn(await buyAt(running, quote, newKey()))).toMatchObject({ status: "SUCCEEDED" });
    await checkpointed(main);
    copyFileSync(main, `${main}.copy`);
    rmSync(main);
    for (const running of processes) {
      expect(await readiness(running)).toEqual({ status: "degraded", reasons: ["purchase records: the database file is gone"] });
      expect(attemptIn(await buyAt(running, quote, newKey()))).toBeNull();
    }
    expect(stand.sandbox.sales).toHaveLength(2);

    copyFileSync(`${main}.copy`, main);
    for (let n = 0; n < 5; n += 1) {
      for (const [buyer, reader] of [
        [one, two],
        [two, one],
      ] as const) {
        const key = newKey();
        expect(attemptIn(await buyAt(buyer, quote, key))).toMatchObject({ status: "SUCCEEDED" });
        expect(await attemptAt(reader, key)).toMatchObject({ status: "SUCCEEDED" });
        expect(attemptIn(await buyAt(reader, quote, key))).toMatchObject({ status: "SUCCEEDED" });
      }
    }
    expect(stand.sandbox.sales).toHaveLength(12);
    for (const running of processes) expect(await readiness(running)).toEqual(sound);
  },
);

it("live on where the memory that they share is cut short, and their records outlive them", { timeout: 90_000 }, async () => {
  const { main, stand, processes, quote } = await twoProcesses();
  const bought = newKey();
  for (const running of processes) expect(attemptIn(await buyAt(running, quote, bought))).toMatchObject({ status: "SUCCEEDED" });
  // A process that is still busy with the file would end with SIGBUS.
  await checkpointed(main);
  truncateSync(`${main}-shm`, 0);
  for (const running of processes) {
    expect(await readiness(running)).toEqual({ status: "degraded", reasons: ["purchase records: the database's -shm file is truncated"] });
    expect(attemptIn(await buyAt(running, quote, newKey()))).toBeNull();
    expect(await running.ask(`{ artist(id: "1") { name } }`)).toMatchObject({ status: 200 });
    running.child.kill("SIGINT");
    expect(await running.code, "its exit code").toBe(0);
  }
  const next = await stand.start();
  expect(await attemptAt(next, bought)).toMatchObject({ status: "SUCCEEDED" });
  expect(attemptIn(await buyAt(next, quote, newKey()))).toMatchObject({ status: "SUCCEEDED" });
  expect(stand.sandbox.sales).toHaveLength(2);
});
