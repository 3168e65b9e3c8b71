/** Turns of one name never overlap, whichever copy takes them; a copy that ends, or a Redis that is gone, holds nothing up. */
import { setTimeout as wait } from "node:timers/promises";
import type { Redis } from "ioredis";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { hasRedis, RedisServer } from "../../../scripts/databases/redis-server.js";
import { Connection } from "../../../src/redis/connection.js";
import { createNames } from "../../../src/redis/names.js";
import { createTurns } from "../../../src/redis/turns.js";
import { KeyedMutex } from "../../../src/shared/keyed-mutex.js";
import type { Turns } from "../../../src/shared/peers.js";
import { until } from "../../support/stand.js";

const names = createNames({ secret: Buffer.alloc(32, 1), service: ["turns"] });
let redis: RedisServer;

async function copy(): Promise<Turns & { readonly end: () => void }> {
  const connection = new Connection({ url: redis.url, countCommand: () => undefined, changed: () => undefined, refused: () => undefined });
  onTestFinished(() => connection.close());
  await until(() => connection.isThere, "it is connected");
  const turns = createTurns({ connection, names, own: new KeyedMutex() });
  return { run: (name, task) => turns.run(name, task), end: () => connection.close() };
}

describe.skipIf(!hasRedis() && process.env["CI_NO_SKIP"] === undefined)("turns", () => {
  beforeEach(async () => {
    redis = await RedisServer.start();
  });

  afterEach(() => redis.remove());

  it("of one name do not overlap, and those of others do", async () => {
    const copies = await Promise.all([copy(), copy(), copy()]);
    const under = { one: 0, other: 0 };
    const most = { one: 0, other: 0, together: 0 };
    const task = (name: keyof typeof under) => async (): Promise<void> => {
      under[name] += 1;
      most[name] = Math.max(most[name], under[name]);
      most.together = Math.max(most.together, under.one + under.other);
      await wait(3);
      under[name] -= 1;
    };
    const turns = Array.from({ length: 20 }, () => copies.flatMap((one) => [one.run("one", task("one")), one.run("other", task("other"))]));
    await Promise.all(turns.flat());
    expect(most).toEqual({ one: 1, other: 1, together: 2 });
  });

  it("are passed on by a task that fails, and by a copy that ends", { timeout: 30_000 }, async () => {
    const [first, second] = await Promise.all([copy(), copy()]);
    await expect(first.run("basket", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(await second.run("basket", () => Promise.resolve("mine"))).toBe("mine");
    let begun = false;
    void first.run("basket", () => {
      begun = true;
      return new Promise(() => undefined);
    });
    await until(() => begun, "the first copy has the turn");
    first.end();
    expect(await second.run("basket", () => Promise.resolve("mine again"))).toBe("mine again");
  });

  it.each([
    ["a text", (key: string, client: Redis): Promise<unknown> => client.set(key, "x")],
    ["another type", (key: string, client: Redis): Promise<unknown> => client.lpush(key, "x")],
  ])("begin although their key holds %s that never ends", { timeout: 30_000 }, async (_what, put) => {
    const one = await copy();
    await redis.use((client) => put(names.of("turn", "basket"), client));
    expect(await one.run("basket", () => Promise.resolve("mine"))).toBe("mine");
  });

  it("are kept within a copy without Redis", async () => {
    const one = await copy();
    await redis.stop();
    const order: number[] = [];
    const task = (number: number) => async (): Promise<void> => {
      order.push(number);
      await wait(2);
      order.push(number);
    };
    await Promise.all([1, 2, 3].map((number) => one.run("basket", task(number))));
    expect(order).toEqual([1, 1, 2, 2, 3, 3]);
  });
});
