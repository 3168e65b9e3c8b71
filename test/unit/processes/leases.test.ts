/** Limits that several processes share: the sum is never over the limit, and at most a twentieth below it. */
import { describe, expect, it } from "vitest";
import { LeaseDesk } from "../../../src/processes/lease-desk.js";
import { LeasedWindow } from "../../../src/shared/leased-window.js";

const minuteMs = 60_000;

/** So many processes with one desk, by a clock that the test sets; it begins with a minute. */
function processes(count: number) {
  const clock = { ms: 1_800_000_000_000 };
  const now = () => clock.ms;
  const messages = { leases: 0, surrenders: 0 };
  const collect = (exceptOf: number, _kind: string, name: string) => {
    const others = windows.filter((_, number) => number !== exceptOf);
    messages.surrenders += others.length;
    return Promise.all(others.map((window) => Promise.resolve(window.surrender(name))));
  };
  const desk = new LeaseDesk({ count, now, collect });
  const windows = Array.from({ length: count }, (_, number) => {
    const lease: ConstructorParameters<typeof LeasedWindow>[0]["lease"] = (request) => {
      messages.leases += 1;
      return desk.lease(number, request);
    };
    return new LeasedWindow({ kind: "operations", periodMs: minuteMs, now, count, lease });
  });
  return { clock, windows, messages };
}

type Pick = (request: number, count: number) => number;

/** Every process in turn, one alone, and mostly one. */
const patterns: readonly (readonly [string, Pick])[] = [
  ["to each in turn", (request, count) => request % count],
  ["to one alone", () => 0],
  ["mostly to one", (request, count) => (request % 7 === 0 ? request % count : 0)],
  ["first to one, then to another", (request, count) => (request < 30 ? 0 : count - 1)],
];

describe.each([
  [2, 60],
  [8, 60],
  [2, 5],
  [8, 5],
  [3, 1000],
])("%i processes, %i a minute", (count, most) => {
  it.each(patterns)("requests one after the other, %s", async (_, pick) => {
    const { windows } = processes(count);
    let admitted = 0;
    for (let request = 0; request < most * 3; request += 1) {
      if (await windows[pick(request, count)]?.take("caller", most)) admitted += 1;
    }
    expect(admitted).toBeLessThanOrEqual(most);
    expect(admitted).toBeGreaterThanOrEqual(Math.floor(most * 0.95));
  });

  it("all requests at once", async () => {
    const { windows } = processes(count);
    const asked = Array.from({ length: most * 3 }, async (_, request) => windows[request % count]?.take("caller", most));
    const admitted = (await Promise.all(asked)).filter((one) => one === true).length;
    expect(admitted).toBeLessThanOrEqual(most);
    expect(admitted).toBeGreaterThanOrEqual(Math.floor(most * 0.95));
  });

  it("over many minutes, no minute has more than the limit", async () => {
    const { clock, windows } = processes(count);
    const admittedAt: number[] = [];
    for (let second = 0; second < 300; second += 1) {
      for (let request = 0; request < Math.ceil(most / 20); request += 1) {
        if (await windows[(second * 3 + request) % count]?.take("caller", most)) admittedAt.push(clock.ms);
      }
      clock.ms += 1000;
    }
    const minutes = new Map<number, number>();
    for (const atMs of admittedAt) minutes.set(Math.floor(atMs / minuteMs), (minutes.get(Math.floor(atMs / minuteMs)) ?? 0) + 1);
    expect(Math.max(...minutes.values())).toBeLessThanOrEqual(most);
    // Three times as many come as may.
    expect(admittedAt.length).toBeGreaterThanOrEqual(Math.floor(most * 5 * 0.75));
  });
});

it("a caller below its share costs no message, and is answered without a promise", () => {
  const { windows, messages } = processes(2);
  const admitted = Array.from({ length: 60 }, (_, request) => windows[request % 2]?.take("caller", 60));
  expect(admitted).toEqual(new Array(60).fill(true));
  expect(messages).toEqual({ leases: 0, surrenders: 0 });
});

it("a caller over the limit is refused without further messages, until there may be room", async () => {
  const { clock, windows, messages } = processes(2);
  for (let request = 0; request < 100; request += 1) await windows[0]?.take("caller", 60);
  const { leases } = messages;
  expect(windows[0]?.take("caller", 60)).toBe(false);
  expect(messages.leases).toBe(leases);
  // All 60 were at the start of this minute; of the next, one sixtieth has to pass.
  expect(windows[0]?.secondsLeft("caller", 60)).toBe(61);
  clock.ms += 61_000;
  expect(await windows[0]?.take("caller", 60)).toBe(true);
  expect(await windows[1]?.take("caller", 60)).toBe(false);
});

it("a caller that was quiet for two minutes is counted by each process again", async () => {
  const { clock, windows, messages } = processes(2);
  for (let request = 0; request < 60; request += 1) await windows[0]?.take("caller", 60);
  clock.ms += 2 * minuteMs;
  // One message each tells that no one counts by lease.
  expect([await windows[0]?.take("caller", 60), await windows[1]?.take("caller", 60)]).toEqual([true, true]);
  const { leases } = messages;
  for (let request = 0; request < 29; request += 1) expect(windows[request % 2]?.take("caller", 60)).toBe(true);
  expect(messages.leases).toBe(leases);
});

it("callers do not count for each other", async () => {
  const { windows } = processes(2);
  for (let request = 0; request < 100; request += 1) await windows[0]?.take("caller", 60);
  expect(windows[0]?.take("another", 60)).toBe(true);
});

it("0 is no limit for what waits", () => {
  expect(processes(2).windows[0]?.take("caller", 0)).toBe(true);
});

describe("what cannot wait", () => {
  it("is over the limit by at most what comes before the answer", async () => {
    const { windows } = processes(2);
    let admitted = 0;
    for (let turn = 0; turn < 40; turn += 1) {
      for (let call = 0; call < 10; call += 1) if (windows[turn % 2]?.takeNow("caller", 200)) admitted += 1;
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(admitted).toBeGreaterThanOrEqual(190);
    expect(admitted).toBeLessThanOrEqual(200 + 2 * 10);
    expect([windows[0]?.takeNow("caller", 200), windows[1]?.takeNow("caller", 200)]).toEqual([false, false]);
  });

  it("is counted before there is a limit, and refused where the limit is 0", () => {
    const { windows } = processes(2);
    for (let call = 0; call < 5; call += 1) expect(windows[0]?.takeNow("caller", undefined)).toBe(true);
    expect(windows[0]?.takeNow("caller", 0)).toBe(false);
  });
});

it("counts what is added beyond a lease", async () => {
  const { windows } = processes(2);
  for (let request = 0; request < 70; request += 1) {
    if (await windows[0]?.has("user", 60)) windows[0]?.add("user");
  }
  expect(await windows[0]?.has("user", 60)).toBe(false);
  expect(await windows[1]?.has("user", 60)).toBe(false);
});

it("answers what still comes where the primary process is gone", async () => {
  const lease = (): Promise<never> => Promise.reject(new Error("gone"));
  const window = new LeasedWindow({ kind: "operations", periodMs: minuteMs, now: () => 0, count: 2, lease });
  const admitted = await Promise.all(Array.from({ length: 10 }, async () => window.take("caller", 2)));
  expect(admitted).toEqual(new Array(10).fill(true));
});
