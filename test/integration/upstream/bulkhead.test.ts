/** How many calls are under way at once, and who waits for whom. */
import type { ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import { OperationMeter } from "../../../src/operation/meter.js";
import { artistXml, fakeUpstream } from "../../support/fake-upstream.js";
import {
  basketRead,
  basketWrite,
  clientOf,
  Clock,
  details,
  failureOf,
  inBritain,
  purchase,
  signedRead,
  within,
} from "../../support/test-client.js";

const params = { artistId: "1" };
const limits = { maxConnections: 10, maxWaiting: 100, maxWaitMs: 1000 };

/** Answers when it is told to. */
async function held() {
  const waiting: ServerResponse[] = [];
  const upstream = await fakeUpstream((response) => waiting.push(response));
  return {
    ...upstream,
    answer(count = waiting.length): void {
      for (const response of waiting.splice(0, count)) response.end(artistXml());
    },
  };
}

describe("F59: of 200 clients whose calls take 4.9 seconds", () => {
  it("F59: ten are under way, a hundred wait a second, and all others are refused at once", async () => {
    const upstream = await held();
    const client = clientOf(upstream, limits);
    const startedMs = Date.now();
    const ends = Array.from({ length: 200 }, async (_, nth) => {
      const failure = await failureOf(details(client, String(nth)));
      return { failure, afterMs: Date.now() - startedMs };
    });
    expect(client.stats()).toMatchObject({ inFlight: 10, waiting: 100 });
    const refused = await within(500, Promise.all(ends.slice(110)));
    if (refused === "late") throw new Error("They were not refused at once.");
    const waited = await Promise.all(ends.slice(10, 110));
    for (const { failure } of [...refused, ...waited]) expect(failure).toMatchObject({ code: "OVERLOADED", notSent: true });
    for (const { afterMs } of waited) {
      expect(afterMs).toBeGreaterThan(900);
      expect(afterMs).toBeLessThan(2000);
    }
    expect(upstream.asked).toHaveLength(10);
    expect(client.stats()).toMatchObject({ inFlight: 10, waiting: 0 });
    upstream.answer();
    await Promise.allSettled(ends);
    expect(client.stats()).toMatchObject({ inFlight: 0, waiting: 0 });
  });

  it("F59: purchases have slots of their own, and no more of them", async () => {
    const upstream = await held();
    const client = clientOf(upstream, { ...limits, maxWaitMs: 50, purchasesAtOnce: 4 });
    const reads = Array.from({ length: 20 }, (_, nth) => details(client, String(nth)).catch(() => undefined));
    const buy = (): Promise<unknown> => Promise.resolve(client.call(purchase, params, inBritain));
    const bought = Array.from({ length: 4 }, buy);
    expect(await failureOf(buy())).toMatchObject({ code: "OVERLOADED", notSent: true });
    await expect.poll(() => upstream.asked.filter(({ path }) => path.endsWith("/user/purchase/item"))).toHaveLength(4);
    upstream.answer();
    await Promise.all([...reads, ...bought]);
  });

  it("F59: what money depends on keeps no queue", async () => {
    const upstream = await held();
    const client = clientOf(upstream, { ...limits, maxConnections: 2, maxWaiting: 0 });
    // By another origin's connections than the catalogue's.
    const writes = Array.from({ length: 2 }, () => client.call(basketWrite, params, inBritain));
    expect(await failureOf(client.call(signedRead, params, inBritain))).toMatchObject({ code: "OVERLOADED" });
    const look = client.critical().call(signedRead, params, inBritain);
    await expect.poll(() => upstream.asked).toHaveLength(3);
    upstream.answer();
    await Promise.all([...writes, look]);
  });
});

describe("calls that wait", () => {
  it("are made in the order they came, as soon as others end", async () => {
    const upstream = await held();
    const client = clientOf(upstream, { maxConnections: 2 });
    const calls = Array.from({ length: 6 }, (_, nth) => details(client, String(nth)));
    for (const made of [2, 3, 4, 6]) {
      await expect.poll(() => upstream.asked).toHaveLength(made);
      upstream.answer(made === 4 ? 2 : 1);
    }
    upstream.answer();
    await Promise.all(calls);
    expect(upstream.asked.map(({ query }) => query.get("artistId"))).toEqual(["0", "1", "2", "3", "4", "5"]);
  });

  it("of one operation as large as any may be do not fail at usual latencies with the limits that are the default", async () => {
    const upstream = await fakeUpstream((response) => setTimeout(() => response.end(artistXml()), 300));
    const client = clientOf(upstream);
    await Promise.all(Array.from({ length: 100 }, (_, nth) => details(client, String(nth))));
    expect(upstream.asked).toHaveLength(100);
  });

  it("get what is remembered though it is stale, where nothing else is to be had", async () => {
    const upstream = await held();
    const clock = new Clock();
    const client = clientOf(upstream, { maxConnections: 1, maxWaiting: 0 }, clock);
    const first = details(client);
    await expect.poll(() => upstream.asked).toHaveLength(1);
    upstream.answer();
    const value = await first;
    clock.pass(3600);
    const other = details(client, "2");
    expect(await details(client)).toBe(value);
    await expect.poll(() => upstream.asked).toHaveLength(2);
    upstream.answer();
    await other;
  });
});

describe("calls that wait and nobody waits for", () => {
  const operation = () => new OperationMeter({ mostCalls: 10, timeoutMs: 60_000, mayAsk: () => true, detailed: false, trace: undefined });

  it("are withdrawn, save those that another operation has joined", async () => {
    const upstream = await held();
    const client = clientOf(upstream, { maxConnections: 1 });
    const [leaver, stayer] = [operation(), operation()];
    const first = details(client, "first");
    const left = ["1", "2", "3"].map((id) => failureOf(details(client.forOperation(leaver), id)));
    const joined = details(client.forOperation(stayer), "2");
    expect(client.stats()).toMatchObject({ inFlight: 1, waiting: 3 });
    leaver.abandon();
    expect(client.stats()).toMatchObject({ inFlight: 1, waiting: 1 });
    const again = details(client.forOperation(stayer), "3");
    for (const answered of [1, 2, 3]) {
      await expect.poll(() => upstream.asked).toHaveLength(answered);
      upstream.answer();
    }
    for (const answer of [first, joined, again]) expect(await answer).toMatchObject({ name: "Keane" });
    await Promise.all(left);
    expect(upstream.asked.map(({ query }) => query.get("artistId"))).toEqual(["first", "2", "3"]);
  });

  it("are not tried a second time", async () => {
    const upstream = await fakeUpstream((response) => setTimeout(() => response.socket?.destroy(), 30));
    const leaver = operation();
    const left = failureOf(details(clientOf(upstream).forOperation(leaver)));
    await expect.poll(() => upstream.asked).toHaveLength(1);
    leaver.abandon();
    await left;
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(upstream.asked).toHaveLength(1);
  });

  it("are made where they have been sent, and kept for the next", async () => {
    const upstream = await held();
    const client = clientOf(upstream);
    const leaver = operation();
    const left = failureOf(details(client.forOperation(leaver)));
    await expect.poll(() => upstream.asked).toHaveLength(1);
    leaver.abandon();
    upstream.answer();
    await left;
    await expect.poll(() => client.stats().inFlight).toBe(0);
    expect(await details(client)).toMatchObject({ id: "1" });
    expect(upstream.asked).toHaveLength(1);
  });
});

describe("a call that money depends on", () => {
  it("waits behind no read that hangs, and goes over a connection of its own", async () => {
    const upstream = await fakeUpstream((response, { path }) => {
      if (path.endsWith("/basket")) response.end(artistXml());
    });
    const client = clientOf(upstream, { maxConnections: 2, timeoutMs: 3000 });
    const hanging = [details(client, "1"), details(client, "2")].map((answer) => failureOf(answer));
    await expect.poll(() => upstream.asked).toHaveLength(2);
    const critical = Promise.resolve(client.critical().call(basketRead, params, inBritain));
    expect(await Promise.race([critical, ...hanging])).toMatchObject({ id: "1" });
    await Promise.all(hanging);
  });
});
