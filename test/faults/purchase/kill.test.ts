/** A process that is killed between sending a purchase and hearing of it, and the next one on its records. */
import { expect, it } from "vitest";
import { attemptAt, attemptIn, buyAt, openStand, quoteAt, until, type Running } from "../../support/stand.js";

it.concurrent.for([
  ["was charged, is found in the locker", "after", { status: "SUCCEEDED", confirmedBy: "LOCKER" }, 1],
  ["was not charged, stays unknown", "before", { status: "OUTCOME_UNKNOWN", confirmedBy: null }, 0],
] as const)(
  "F54: a purchase that %s after a kill -9, and is never sent again",
  { timeout: 90_000 },
  async ([, when, attempt, sold], { onTestFinished }) => {
    const stand = await openStand({ PURCHASE_TIMEOUT_MS: "3000", PURCHASE_SETTLE_MS: "0" });
    onTestFinished(() => stand.close());
    const sent = (): number => stand.sandbox.journal.entries().filter(({ method }) => method === "user/purchase/item").length;
    const idempotencyKey = `key-of-the-killed-${when}`;
    const first = await stand.start();
    const quote = await quoteAt(first);
    stand.sandbox.faults.add({ method: "user/purchase/item", fault: { kind: "hang", when } });
    const bought = buyAt(first, quote, idempotencyKey);
    await until(() => sent() === 1, "the purchase is sent");
    first.child.kill("SIGKILL");
    expect(await first.code).toBeNull();
    expect(await bought).toBe("cut");

    stand.sandbox.faults.clear();
    const next: Running = await stand.start();
    await until(async () => (await attemptAt(next, idempotencyKey))?.status !== "IN_PROGRESS", "its time is over");
    expect(await attemptAt(next, idempotencyKey)).toEqual(attempt);
    expect(attemptIn(await buyAt(next, quote, idempotencyKey))).toMatchObject(attempt);
    expect(sent()).toBe(1);
    expect(stand.sandbox.sales).toHaveLength(sold);
  },
);
