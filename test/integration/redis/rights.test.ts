/** The rights that `doctor` asks for are all that the service needs. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasRedis, RedisServer } from "../../../scripts/databases/redis-server.js";
import { createRedisPeers } from "../../../src/redis/redis-peers.js";
import type { CommandOutcome } from "../../../src/redis/connection.js";
import { alone } from "../../../src/shared/peers.js";
import { createLog } from "../../../src/telemetry/log.js";
import { until } from "../../support/stand.js";

const granted = "ping info set get del incrby pexpire pttl multi exec eval evalsha publish subscribe".split(" ");

describe.skipIf(!hasRedis() && process.env["CI_NO_SKIP"] === undefined)("a Redis user with these rights only", { timeout: 60_000 }, () => {
  let redis: RedisServer;
  beforeAll(async () => {
    const rights = granted.map((command) => `+${command}`);
    redis = await RedisServer.start(["--user", "shop", "on", ">word", "~7d:*", "&7d:*", ...rights]);
  });
  afterAll(() => redis.remove());

  it("is refused nothing", async () => {
    const outcomes: CommandOutcome[] = [];
    const peers = createRedisPeers({
      url: redis.url.replace("redis://", "redis://shop:word@"),
      ...{
        own: alone(),
        now: Date.now,
        log: createLog({ level: "silent", secrets: [], process: undefined, write: () => undefined }),
        callMs: 5000,
      },
      ...{ secret: Buffer.alloc(32, 1), service: ["rights"] },
      countCommand: (outcome) => outcomes.push(outcome),
      countFind: () => undefined,
    });
    await until(() => peers.isThere(), "it is connected");
    const never = (): boolean => false;
    const { answers } = peers;
    expect(await answers.find("kept", never)).toBeUndefined();
    answers.keep("kept", Buffer.from("packed"), 60_000);
    expect((await answers.find("kept", never))?.toString()).toBe("packed");
    await answers.find("failed", never);
    answers.release("failed");
    const window = peers.peers.window("operations", 60_000, Date.now);
    for (let nth = 0; nth < 5; nth += 1) await window.take("caller", 3);
    await peers.peers.turns.run("a basket", () => Promise.resolve());
    peers.peers.pageSizes?.changed(() => ({ catalogue: 50, locker: 50 }));
    await until(() => outcomes.length > 12, "all of it is answered");
    expect(outcomes.filter((outcome) => outcome !== "ok")).toEqual([]);
    peers.close();
  });
});
