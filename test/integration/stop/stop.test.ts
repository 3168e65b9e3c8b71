/** SIGTERM while much is under way: nobody is cut off, and money is spent once. */
import { describe, expect, it } from "vitest";
import { attemptAt, attemptIn, buyAt, openStand, quoteAt, until, type Came, type Running, type Stand } from "../../support/stand.js";

/** 3 in every run of the tests; STOP_RUNS=20 for the whole proof. */
const runs = Number(process.env["STOP_RUNS"] ?? 3);

function readsOf(facade: Running, count: number): Promise<readonly Came[]> {
  return Promise.all(
    Array.from({ length: count }, (_, n) => facade.ask(`query ($id: ID!) { artist(id: $id) { id } }`, { id: String(n + 1) })),
  );
}

function whole(came: Came): boolean {
  return (
    came !== "cut" &&
    came.status === 200 &&
    "artist" in ((JSON.parse(came.body) as { data?: object }).data ?? {}) &&
    !came.body.includes('"errors"')
  );
}

/** Begins the reads and the purchase, and gives them when all of them wait for 7digital; the purchase for five seconds. */
async function underWay({ gate, sandbox }: Stand, facade: Running, reads: number, key: string) {
  const quote = await quoteAt(facade);
  gate.hold("artist/details");
  const answers = readsOf(facade, reads);
  await until(() => gate.held() === reads, "all reads wait for 7digital");
  sandbox.faults.add({ method: "user/purchase/item", fault: { kind: "delay", ms: 5000, when: "after" } });
  const purchase = buyAt(facade, quote, key);
  await until(() => sandbox.sales.length > 0, "the purchase is charged");
  return { purchase, answers };
}

/** Until no new connections are taken. */
async function drained(facade: Running): Promise<void> {
  await until(async () => (await facade.get("/health")) === "cut", "the listener is closed");
}

it("F66: SIGTERM with 20 reads and a purchase in flight: not ready at once, everybody is answered, and the end is code 0", async ({
  onTestFinished,
}) => {
  const stand = await openStand();
  onTestFinished(() => stand.close());
  const facade = await stand.start();
  const { purchase, answers } = await underWay(stand, facade, 20, "key-of-a-stop-0001");
  facade.child.kill("SIGTERM");
  const sentMs = Date.now();
  let ready: Came = "cut";
  await until(async () => {
    ready = await facade.get("/ready");
    return ready !== "cut" && ready.status === 503;
  }, "/ready says 503");
  expect(Date.now() - sentMs).toBeLessThan(5000);
  expect(ready).toMatchObject({ body: JSON.stringify({ status: "unready", reasons: ["draining"] }) });
  expect(await facade.ask("{ __typename }"), "who comes while others hear of it").toMatchObject({ status: 200 });
  await drained(facade);
  stand.gate.open();
  expect((await answers).filter((came) => !whole(came))).toEqual([]);
  expect(attemptIn(await purchase)).toMatchObject({ status: "SUCCEEDED", confirmedBy: "ANSWER" });
  expect(await facade.code).toBe(0);
  expect(await facade.errors).toBe("");
  expect(await facade.get("/ready"), "after the end").toBe("cut");
  expect(stand.sandbox.sales).toHaveLength(1);
}, 90_000);

describe.concurrent("SIGTERM with 500 reads and a purchase in flight", () => {
  it.for(Array.from({ length: runs }, (_, n) => n + 1))(
    "cuts nobody off, and the purchase finishes or is on record (%i)",
    { timeout: 120_000 },
    async (run, { onTestFinished }) => {
      const stand = await openStand();
      onTestFinished(() => stand.close());
      const facade = await stand.start();
      const key = `key-of-a-stop-5${String(run).padStart(3, "0")}`;
      const { purchase, answers } = await underWay(stand, facade, 500, key);
      facade.child.kill("SIGTERM");
      await drained(facade);
      stand.gate.open();
      expect((await answers).filter((came) => !whole(came))).toEqual([]);
      const bought = await purchase;
      expect(await facade.code).toBe(0);
      if (bought === "cut") expect(await attemptAt(await stand.start(), key)).toMatchObject({ status: "SUCCEEDED" });
      else expect(attemptIn(bought)).toMatchObject({ status: "SUCCEEDED" });
      expect(stand.sandbox.sales).toHaveLength(1);
    },
  );
});

it("cuts off who is still there after the grace, and the purchase is on record", async ({ onTestFinished }) => {
  const stand = await openStand({ STOP_GRACE_MS: "0", SEVENDIGITAL_TIMEOUT_MS: "3000" });
  onTestFinished(() => stand.close());
  const facade = await stand.start();
  const { purchase, answers } = await underWay(stand, facade, 3, "key-of-a-stop-0002");
  facade.child.kill("SIGINT");
  expect(await answers).toEqual(["cut", "cut", "cut"]);
  expect(await purchase).toBe("cut");
  expect(await facade.code).toBe(0);
  stand.gate.open();
  expect(await attemptAt(await stand.start(), "key-of-a-stop-0002")).toEqual({ status: "SUCCEEDED", confirmedBy: "ANSWER" });
  expect(stand.sandbox.sales).toHaveLength(1);
}, 90_000);

it("takes new connections for STOP_DRAIN_MS after SIGTERM", async ({ onTestFinished }) => {
  const stand = await openStand({ STOP_DRAIN_MS: "4000" });
  onTestFinished(() => stand.close());
  const facade = await stand.start();
  const sentMs = performance.now();
  facade.child.kill("SIGTERM");
  await drained(facade);
  expect(performance.now() - sentMs).toBeGreaterThan(3900);
  expect(await facade.code).toBe(0);
}, 90_000);
