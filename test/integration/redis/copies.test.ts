/** Copies of the service share answers, rates, quota and page sizes through Redis, and go on without it. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hasRedis, RedisServer } from "../../../scripts/databases/redis-server.js";
import { canariesIn } from "../../support/canaries.js";
import { demo } from "../../support/purchase/purchase-upstream.js";
import { linesOf } from "../../support/process.js";
import { openStand, until, type Came, type Running, type Stand } from "../../support/stand.js";

const artist = (id: number): string => `{ artist(id: ${String(id)}) { name } }`;

let redis: RedisServer;
let stand: Stand;

async function open(environment: Readonly<Record<string, string>> = {}, options: Parameters<typeof openStand>[1] = {}): Promise<void> {
  stand = await openStand({ REDIS_URL: redis.url, RESPONSE_CACHE_MAX_BYTES: "0", ...environment }, options);
}

async function copies(count: number): Promise<readonly Running[]> {
  const all = await Promise.all(Array.from({ length: count }, () => stand.start()));
  // Until then each goes on without it.
  for (const one of all) await until(async () => (await metric(one, "redis_up")) === 1, "the copy is connected to Redis");
  return all;
}

async function only(): Promise<Running> {
  const [copy] = await copies(1);
  if (copy === undefined) throw new Error("There is no copy.");
  return copy;
}

async function metric(copy: Running, name: string): Promise<number | undefined> {
  const came = await copy.get("/metrics");
  const value = came === "cut" ? undefined : new RegExp(`^sevendigital_graphql_${name} (\\S+)$`, "m").exec(came.body)?.[1];
  return value === undefined ? undefined : Number(value);
}

/** Methods that were called since the last look. */
function calls(): readonly string[] {
  const methods = stand.sandbox.journal.entries().map(({ method }) => method);
  stand.sandbox.journal.clear();
  return methods;
}

function dataOf(came: Came): unknown {
  if (came === "cut") return "cut";
  return (JSON.parse(came.body) as { data: unknown }).data;
}

describe.skipIf(!hasRedis() && process.env["CI_NO_SKIP"] === undefined)("copies with one Redis", () => {
  beforeEach(async () => {
    redis = await RedisServer.start();
  });

  afterEach(async () => {
    await stand.close();
    await redis.remove();
  });

  it.each([2, 4])("make the calls of one, of %i copies with 32 requests each", { timeout: 120_000 }, async (count) => {
    const chart = "{ releaseChart(first: 5) { nodes { title tracks(first: 2) { nodes { title isrc } } } } }";
    const queries = [artist(1), chart, artist(999_999_999)];
    const cost = async (all: readonly Running[]): Promise<readonly (readonly string[])[]> => {
      const costs = [];
      for (const query of queries) {
        calls();
        const came = await Promise.all(all.flatMap((copy) => Array.from({ length: 32 }, () => copy.ask(query))));
        const answers = new Set(came.map((one) => JSON.stringify(dataOf(one))));
        expect(answers.size).toBe(1);
        costs.push([...calls()].sort());
      }
      return costs;
    };
    stand = await openStand({ RESPONSE_CACHE_MAX_BYTES: "0" });
    const ofOne = await cost([await stand.start()]);
    await stand.close();
    await open();
    expect(await cost(await copies(count))).toEqual(ofOne);
  });

  it("have answers that a copy before them got, with their age", { timeout: 60_000 }, async () => {
    await open();
    const first = await only();
    const answer = await first.ask(artist(2));
    expect(calls()).toHaveLength(1);
    await until(async () => (await redis.use((client) => client.keys("*:answer:*"))).length === 1, "the answer is in Redis");
    first.child.kill("SIGKILL");
    const second = await only();
    expect(dataOf(await second.ask(artist(2)))).toEqual(dataOf(answer));
    expect(calls()).toEqual([]);
    // What is not there is remembered as well.
    const missing = await second.ask(artist(999_999_999));
    await until(async () => (await redis.use((client) => client.keys("*:answer:*"))).length === 2, "the failure is in Redis");
    const third = await only();
    expect(dataOf(await third.ask(artist(999_999_999)))).toEqual(dataOf(missing));
    expect(calls()).toHaveLength(1);
  });

  it("make a call in time that a copy had begun, and that ended with it", { timeout: 60_000 }, async () => {
    await open({ SEVENDIGITAL_TIMEOUT_MS: "2500" });
    const [first, second] = await copies(2);
    stand.gate.hold("artist/details");
    const cut = first?.ask(artist(3));
    await until(() => stand.gate.held() === 1, "the first copy makes the call");
    first?.child.kill("SIGKILL");
    stand.gate.open();
    expect(await cut).toBe("cut");
    // It waits for the call that the first copy had claimed. What is left of its time has to be enough to make it.
    expect(await second?.ask(artist(3))).toMatchObject({ status: 200, body: expect.stringContaining('"artist":{"name":') as string });
  });

  it("keep nothing of users in Redis, and nothing that can be read from its keys", { timeout: 60_000 }, async () => {
    await open();
    const copy = await only();
    await copy.ask(artist(1));
    const mine = await copy.ask(`{ viewer { locker(first: 5) { totalCount } } }`, {}, demo);
    expect(dataOf(mine)).toMatchObject({ viewer: { locker: {} } });
    await copy.ask(`{ search(query: "canary words") { artists(first: 2) { nodes { name } } } }`);
    const kept = await redis.use(async (client) => {
      const keys = await client.keys("*");
      const values = await Promise.all(keys.map((key) => client.get(key)));
      return { keys, values };
    });
    const answers = kept.keys.filter((key) => key.includes(":answer:"));
    expect(answers).toHaveLength(2);
    expect(kept.keys.join("\n")).not.toMatch(/artist|canary|search|127\.0\.0\.1|GB/);
    expect(kept.values.join("\n")).not.toMatch(/locker|demo-token|oauth|sandbox-secret/);
    expect(canariesIn(JSON.stringify(kept))).toEqual([]);
  });

  it("admit together what one may, of a caller", { timeout: 120_000 }, async () => {
    await open({ LIMIT_OPERATIONS_PER_MINUTE: "60" });
    const all = await copies(4);
    let admitted = 0;
    for (let within = false; !within;) {
      const minute = Math.floor(Date.now() / 60_000);
      const came = await Promise.all(all.flatMap((copy) => Array.from({ length: 40 }, () => copy.ask("{ __typename }"))));
      within = minute === Math.floor(Date.now() / 60_000);
      admitted = came.filter((one) => one !== "cut" && one.status === 200).length;
      expect(came.filter((one) => one !== "cut" && one.status === 429).length).toBe(160 - admitted);
      if (!within) await redis.use((client) => client.flushall());
    }
    expect(admitted).toBeGreaterThanOrEqual(57);
    expect(admitted).toBeLessThanOrEqual(60);
  });

  it("leave the reserve of the quota alone together", { timeout: 120_000 }, async () => {
    await open({ QUOTA_RESERVE_PERCENT: "10", CACHE_MAX_BYTES: "0", QUOTA_CALLER_PERCENT: "100" }, { dailyLimit: 300 });
    const all = await copies(4);
    calls();
    // One after the other at each copy, so that each hears of the others.
    await Promise.all(
      all.map(async (copy, index) => {
        for (let nth = 0; nth < 120; nth += 1) await copy.ask(artist(1000 * (index + 1) + nth));
      }),
    );
    // 270 may be called; 7digital's own count says how many were.
    expect(calls().length).toBeGreaterThanOrEqual(257);
    expect(calls().length).toBeLessThanOrEqual(283);
  });

  it("learn from each other how large pages are", { timeout: 60_000 }, async () => {
    await open({}, { maxPageSize: 50 });
    const [first, second] = await copies(2);
    const sizes = (): readonly string[] => stand.sandbox.journal.entries().map(({ params }) => params["pageSize"] ?? "");
    // It asks for 100, and gets 50.
    await first?.ask("{ releaseChart(first: 100) { nodes { title } } }");
    expect(sizes()).toContain("100");
    let month = 0;
    await until(async () => {
      calls();
      month += 1;
      const from = `20${String(10 + Math.floor(month / 12))}-${String(1 + (month % 12)).padStart(2, "0")}`;
      await second?.ask(`{ newReleases(from: "${from}-01", to: "${from}-28", first: 100) { nodes { title } } }`);
      return sizes().length > 0 && sizes().every((size) => size === "50");
    }, "the second copy asks for pages of 50");
  });

  it("say why Redis lets them not in, without its password, and answer", { timeout: 60_000 }, async () => {
    await redis.remove();
    redis = await RedisServer.start(["--requirepass", "right"], "right");
    stand = await openStand({ REDIS_URL: redis.url.replace("right", "canary-wrong-password") });
    const copy = await stand.start();
    expect(await copy.ask(artist(1))).toMatchObject({ status: 200 });
    expect(await metric(copy, "redis_up")).toBe(0);
    copy.child.kill("SIGTERM");
    const lines = linesOf(await copy.errors).filter(({ msg }) => String(msg).includes("Redis"));
    expect(lines).toEqual([expect.objectContaining({ level: "warn", code: "WRONGPASS" })]);
    expect(JSON.stringify(lines)).not.toContain("canary");
  });

  it("answer while Redis hangs, is gone, is full or forgets", { timeout: 120_000 }, async () => {
    await open();
    const copy = await only();
    const answered = async (from: number): Promise<void> => {
      const came = await Promise.all(Array.from({ length: 20 }, (_, nth) => copy.ask(artist(from + (nth % 10)))));
      expect(came.map((one) => one !== "cut" && one.status)).toEqual(Array.from({ length: 20 }, () => 200));
      expect(came.map((one) => dataOf(one))).not.toContainEqual({ artist: null });
    };
    await answered(1);
    redis.freeze();
    await answered(11);
    redis.thaw();
    await until(async () => (await metric(copy, "redis_up")) === 1, "Redis is used again");
    await redis.use((client) => client.flushall());
    await answered(21);
    await redis.use((client) => client.config("SET", "maxmemory", "1"));
    await answered(31);
    await redis.stop();
    await answered(41);
    await redis.run();
    await until(async () => (await metric(copy, "redis_up")) === 1, "Redis is used again");
    await answered(51);
    // Not all ten, perhaps, on a machine that is too busy for Redis to answer in time.
    expect(await redis.use((client) => client.keys("*:answer:*"))).not.toEqual([]);
  });
});
