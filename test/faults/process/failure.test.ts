/** The end that nobody foresaw, and the one that somebody holds up. */
import { afterEach, expect, it } from "vitest";
import { killProcesses, linesOf } from "../../support/process.js";
import { attemptAt, attemptIn, buyAt, openStand, quoteAt, until, type Stand } from "../../support/stand.js";

let stand: Stand;
afterEach(async () => {
  killProcesses();
  await stand.close();
});

it.each([
  ["an uncaught exception", "uncaught exception", "throw new TypeError(['can', 'ary'].join(''));"],
  ["an unhandled rejection", "unhandled rejection", "Promise.reject(new TypeError(['can', 'ary'].join('')));"],
])(
  "F67: %s is logged without its message, ends the process with a code, and the purchase under way settles by its key at the next start",
  async (_what, msg, fault) => {
    stand = await openStand({ PURCHASE_TIMEOUT_MS: "4000", PURCHASE_SETTLE_MS: "0" });
    const first = await stand.start(`process.on("SIGUSR2", () => { ${fault} });`);
    const quote = await quoteAt(first);
    stand.sandbox.faults.add({ method: "user/purchase/item", fault: { kind: "hang", when: "after" } });
    const bought = buyAt(first, quote, "key-of-a-failure-1");
    await until(() => stand.sandbox.sales.length > 0, "the purchase is charged");
    first.child.kill("SIGUSR2");
    expect(await first.code).toBe(1);
    expect(await bought).toBe("cut");
    const errors = await first.errors;
    expect(errors).not.toContain("canary");
    const [line, ...more] = linesOf(errors);
    expect(more).toEqual([]);
    expect(line).toMatchObject({ level: "error", msg, failure: "TypeError" });
    expect((line?.["frames"] as readonly string[])[0]).toMatch(/^at /);

    stand.sandbox.faults.clear();
    const next = await stand.start();
    await until(async () => (await attemptAt(next, "key-of-a-failure-1"))?.status === "SUCCEEDED", "the attempt is settled");
    expect(await attemptAt(next, "key-of-a-failure-1")).toEqual({ status: "SUCCEEDED", confirmedBy: "LOCKER" });
    expect(attemptIn(await buyAt(next, quote, "key-of-a-failure-1"))).toMatchObject({ status: "SUCCEEDED" });
    expect(stand.sandbox.sales, "the same key sent again").toHaveLength(1);
  },
  90_000,
);

it("SIGINT ends it soon after the grace although 7digital never answers a read", async () => {
  stand = await openStand({ STOP_GRACE_MS: "500", SEVENDIGITAL_TIMEOUT_MS: "60000" });
  const facade = await stand.start();
  stand.gate.hold("artist/details");
  const asked = facade.ask(`{ artist(id: "1") { name } }`);
  await until(() => stand.gate.held() === 1, "the read waits for 7digital");
  const sentMs = Date.now();
  facade.child.kill("SIGINT");
  expect([await asked, await facade.code]).toEqual(["cut", 0]);
  expect(Date.now() - sentMs).toBeLessThan(20_000);
}, 90_000);
