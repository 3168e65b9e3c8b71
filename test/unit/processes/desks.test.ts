/** What the primary process holds for the others: turns, news and metrics; and how limits are divided. */
import { describe, expect, it } from "vitest";
import { Counter, Gauge, Histogram, Registry } from "prom-client";
import { readConfig } from "../../../src/config/config.js";
import { MetricsDesk } from "../../../src/processes/metrics-desk.js";
import { NewsDesk } from "../../../src/processes/news-desk.js";
import { shareOf } from "../../../src/processes/share.js";
import { SharedCounts, sumOf, type CountNews } from "../../../src/processes/shared-counts.js";
import { together } from "../../../src/processes/topics.js";
import { TurnDesk } from "../../../src/processes/turn-desk.js";

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("turns", () => {
  it("are one at a time for each name, in the order of asking", async () => {
    const desk = new TurnDesk();
    const entered: string[] = [];
    const enter = (worker: number, name: string) => void desk.enter(worker, name).then(() => entered.push(`${String(worker)} ${name}`));
    enter(1, "basket");
    enter(2, "basket");
    enter(3, "basket");
    enter(2, "another");
    await settled();
    expect(entered).toEqual(["1 basket", "2 another"]);
    desk.leave(1, "basket");
    await settled();
    expect(entered).toEqual(["1 basket", "2 another", "2 basket"]);
    desk.leave(3, "basket");
    await settled();
    expect(entered, "3 has no turn to leave").toHaveLength(3);
  });

  it("pass on when their process ends, whether it has one or waits", async () => {
    const desk = new TurnDesk();
    const entered: number[] = [];
    for (const worker of [1, 2, 3]) void desk.enter(worker, "basket").then(() => entered.push(worker));
    await settled();
    desk.forget(2);
    desk.forget(1);
    await settled();
    expect(entered).toEqual([1, 3]);
    // The one in its place has the same number.
    void desk.enter(1, "basket").then(() => entered.push(1));
    desk.leave(3, "basket");
    await settled();
    expect(entered).toEqual([1, 3, 1]);
  });
});

describe("news", () => {
  it("go to the others, the latest of each, and end with their process", async () => {
    const sent: [number, number][] = [];
    const sum = (news: readonly number[]) => news.reduce((one, other) => one + other, 0);
    const desk = new NewsDesk<number>(
      sum,
      () => [1, 2, 3],
      (worker, news) => sent.push([worker, news]),
    );
    const latest = () => Object.fromEntries(sent);
    desk.take(1, 5);
    expect(latest()).toEqual({ 1: 0, 2: 5, 3: 5 });
    desk.take(1, 7);
    desk.take(2, 1);
    await expect.poll(latest).toEqual({ 1: 1, 2: 7, 3: 8 });
    desk.forget(1);
    await expect.poll(latest).toEqual({ 1: 1, 2: 0, 3: 1 });
    sent.splice(0);
    desk.repeat();
    await expect.poll(latest).toEqual({ 1: 1, 2: 0, 3: 1 });
  });

  it("of the quota are the latest count, the longest rejection and all calls that it may not hold", () => {
    const known = (observedAtMs: number, used: number) => ({ limit: 100, used, remaining: 100 - used, resetAtMs: 9, observedAtMs });
    const news = [
      { known: known(1, 50), rejectedUntilMs: 7, uncounted: 2 },
      { known: known(3, 40), rejectedUntilMs: 0, uncounted: 0 },
      { known: undefined, rejectedUntilMs: 0, uncounted: 5 },
    ];
    expect(together.quota(news)).toEqual({ known: known(3, 40), rejectedUntilMs: 7, uncounted: 7 });
    expect(together.quota([])).toEqual({ known: undefined, rejectedUntilMs: 0, uncounted: 0 });
  });
});

describe("what clients have at once", () => {
  function counts(most: number, count: number) {
    let latest: CountNews = [];
    return { counts: new SharedCounts({ most, count, changed: (read) => (latest = read()) }), news: () => latest };
  }

  it("counts what they have elsewhere once they have their share here", () => {
    const { counts: here } = counts(10, 2);
    here.learn([["client", 6]]);
    for (let nth = 0; nth < 4; nth += 1) here.add("client");
    expect(here.of("client"), "below its share").toBe(4);
    here.add("client");
    expect(here.of("client")).toBe(11);
    expect(here.of("another")).toBe(0);
    here.learn([]);
    expect(here.of("client")).toBe(5);
  });

  it("reports clients that have many, and when they go", () => {
    const { counts: here, news } = counts(16, 2);
    for (let nth = 0; nth < 3; nth += 1) here.add("client");
    expect(news()).toEqual([]);
    here.add("client");
    here.add("another");
    expect(news()).toEqual([["client", 4]]);
    here.remove("client");
    expect(news()).toEqual([]);
  });

  it("is summed by client", () => {
    const [one, other]: CountNews[] = [
      [
        ["a", 1],
        ["b", 2],
      ],
      [["a", 3]],
    ];
    expect(sumOf([one ?? [], other ?? []])).toEqual([
      ["a", 4],
      ["b", 2],
    ]);
  });
});

describe("metrics", () => {
  async function metricsOf(count: number, gauge: number) {
    const registry = new Registry();
    const registers = [registry];
    new Counter({ name: "calls_total", help: "calls", labelNames: ["method"], registers }).inc({ method: "one" }, count);
    new Gauge({ name: "in_flight", help: "calls", registers }).set(gauge);
    new Gauge({ name: "breaker", help: "state", aggregator: "max", registers }).set(gauge);
    new Histogram({ name: "seconds", help: "time", buckets: [1, 10], registers }).observe(count);
    return registry.getMetricsAsJSON();
  }
  const lines = (text: string) => text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));

  it("are sums, and keep what was counted by processes that have ended", async () => {
    const desk = new MetricsDesk();
    desk.take(1, await metricsOf(5, 1));
    desk.take(2, await metricsOf(7, 2));
    expect(lines(await desk.text([]))).toEqual(
      expect.arrayContaining(['calls_total{method="one"} 12', "in_flight 3", "breaker 2", "seconds_sum 12", "seconds_count 2"]),
    );
    desk.forget(1);
    desk.forget(2);
    desk.take(1, await metricsOf(1, 4));
    expect(lines(await desk.text([]))).toEqual(
      expect.arrayContaining(['calls_total{method="one"} 13', "in_flight 4", "breaker 4", "seconds_sum 13", "seconds_count 3"]),
    );
  });
});

describe("limits on all clients together", () => {
  it("are divided and rounded up, those on one client are not, and 0 stays 0", () => {
    const config = readConfig({ LIMIT_SOCKETS: "500", LIMIT_SUBSCRIPTIONS: "200", SEVENDIGITAL_MAX_WAITING: "0" });
    const { maxConnections, maxWaiting, purchasesAtOnce, limits, cacheBytes } = shareOf(config, 3);
    expect([maxConnections, maxWaiting, purchasesAtOnce, limits.sockets, limits.subscriptions]).toEqual([22, 0, 2, 167, 67]);
    const { socketsPerClient, subscriptionsPerUser, operationsPerMinute } = config.limits;
    expect(limits).toMatchObject({ socketsPerClient, subscriptionsPerUser, operationsPerMinute });
    expect(cacheBytes).toBe(config.cacheBytes);
  });
});
