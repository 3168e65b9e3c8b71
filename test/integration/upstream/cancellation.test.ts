/** Which calls end with their operation, and that ten thousand of them leave nothing behind. */
import { queryObjects, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { OperationMeter } from "../../../src/operation/meter.js";
import type { Client } from "../../../src/upstream/client.js";
import type { Endpoint } from "../../../src/upstream/endpoint.js";
import { Ending, untilAborted, type Signal } from "../../../src/upstream/limits/abort.js";
import { artistXml, fakeUpstream, type FakeUpstream } from "../../support/fake-upstream.js";
import { basketWrite, clientOf, Clock, details, failureOf, inBritain, purchase, userRead } from "../../support/test-client.js";

const collectGarbage = (() => {
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc") as () => void;
})();

const alice = { ...inBritain, user: { token: { key: "alice", secret: "alice's" } } };

function operation(): OperationMeter {
  return new OperationMeter({ mostCalls: 1_000_000, timeoutMs: 600_000, mayAsk: () => true, detailed: false, trace: undefined });
}

/** Counts those that are added from now on and not taken off. */
function countListeners(signal: Signal): () => number {
  const listeners = new Set<() => void>();
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  signal.addEventListener = (type, listener) => {
    listeners.add(listener);
    add(type, listener);
  };
  signal.removeEventListener = (type, listener) => {
    listeners.delete(listener);
    remove(type, listener);
  };
  return () => listeners.size;
}

function liveSignals(): number {
  return queryObjects(Ending, { format: "count" });
}

/** Keeps nothing of what it is asked. */
async function forgetful(): Promise<FakeUpstream> {
  const upstream = await fakeUpstream((response) => {
    upstream.asked.length = 0;
    upstream.sockets.splice(0, upstream.sockets.length, ...upstream.sockets.filter(({ destroyed }) => !destroyed));
    response.end(artistXml());
  });
  return upstream;
}

/** Five calls at once: two that share an answer, two of them queued, one of a user, a write and a purchase. */
async function callsOfEachKind(client: Client, nth: number): Promise<void> {
  const id = String(nth);
  const call = <P>(endpoint: Endpoint<P, unknown>, params: P) => Promise.resolve(client.call(endpoint, params, alice));
  await Promise.all([
    details(client, id),
    details(client, id),
    call(userRead, { artistId: id }),
    call(basketWrite, { artistId: id }),
    call(purchase, { artistId: id }),
  ]);
}

describe("10,000 calls", () => {
  it("of one operation leave no listener, no signal and no memory behind", { timeout: 120_000 }, async () => {
    const limits = { maxConnections: 4, maxWaiting: 1000, maxWaitMs: 60_000, timeoutMs: 60_000, cacheBytes: 0 };
    const meter = operation();
    const listeners = countListeners(meter.signal);
    const client = clientOf(await forgetful(), limits).forOperation(meter);
    const run = async (from: number, rounds: number): Promise<number> => {
      for (let nth = from; nth < from + rounds; nth += 4) {
        await Promise.all([0, 1, 2, 3].map((more) => callsOfEachKind(client, nth + more)));
      }
      collectGarbage();
      return process.memoryUsage().heapUsed;
    };
    // Everything that is bounded by a number of entries has come to its bound.
    const before = await run(0, 1000);
    const signals = liveSignals();
    const after = await run(1000, 2000);
    expect(listeners()).toBe(0);
    expect(liveSignals()).toBeLessThan(signals + 20);
    expect((after - before) / 10_000).toBeLessThan(100);
    meter.close();
  });

  it("under one signal are listened to only while they are under way", async () => {
    const { signal } = operation();
    const listeners = countListeners(signal);
    const values = Array.from({ length: 10_000 }, (_, nth) => untilAborted(Promise.resolve(nth), signal));
    expect(listeners()).toBe(10_000);
    await Promise.all(values);
    await Promise.resolve();
    expect(listeners()).toBe(0);
  });
});

describe("when an operation ends before its calls", () => {
  it("they reject at once with the reason, and its unshared reads are stopped on the wire", async () => {
    const upstream = await fakeUpstream(() => undefined);
    const client = clientOf(upstream, { timeoutMs: 2500 });
    const meter = operation();
    const reads = [
      details(client.forOperation(meter)),
      Promise.resolve(client.forOperation(meter).call(userRead, { artistId: "1" }, alice)),
    ];
    const failures = Promise.all(reads.map((read) => failureOf(read)));
    await expect.poll(() => upstream.asked).toHaveLength(2);
    meter.abandon();
    for (const failure of await failures) expect(failure).toMatchObject({ code: "CLIENT_CLOSED_REQUEST" });
    // What is shared goes on.
    await expect.poll(() => client.stats().inFlight).toBe(1);
    await expect.poll(() => upstream.sockets.filter(({ destroyed }) => destroyed)).toHaveLength(1);
  });

  it("its writes and purchases are seen through", async () => {
    const upstream = await fakeUpstream((response) => setTimeout(() => response.end(artistXml()), 100));
    const meter = operation();
    const client = clientOf(upstream).forOperation(meter);
    const calls = [basketWrite, purchase].map((endpoint) => Promise.resolve(client.call(endpoint, { artistId: "1" }, inBritain)));
    await expect.poll(() => upstream.asked).toHaveLength(2);
    meter.abandon();
    for (const call of calls) expect(await call).toMatchObject({ name: "Keane" });
  });

  it("a call that another operation has joined goes on for that one", async () => {
    const upstream = await fakeUpstream((response) => setTimeout(() => response.end(artistXml()), 200));
    const client = clientOf(upstream, {}, new Clock());
    const [leaver, stayer] = [operation(), operation()];
    const listeners = [leaver, stayer].map(({ signal }) => countListeners(signal));
    const left = failureOf(details(client.forOperation(leaver)));
    const stayed = details(client.forOperation(stayer));
    await expect.poll(() => upstream.asked).toHaveLength(1);
    leaver.abandon();
    expect(await left).toMatchObject({ code: "CLIENT_CLOSED_REQUEST" });
    expect(await stayed).toMatchObject({ name: "Keane" });
    expect(upstream.asked).toHaveLength(1);
    expect(stayer.joinedCalls).toBe(1);
    expect(listeners.map((count) => count())).toEqual([0, 0]);
  });
});
