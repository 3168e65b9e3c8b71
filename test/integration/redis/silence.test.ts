/** A Redis that hangs or refuses is waited for once, and leaves nothing behind that anyone waits for afterwards. */
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { hasRedis, RedisServer } from "../../../scripts/databases/redis-server.js";
import { createAnswerStore, type FindOutcome } from "../../../src/redis/answers.js";
import { Connection, type CommandOutcome } from "../../../src/redis/connection.js";
import { createNames } from "../../../src/redis/names.js";
import { createRedisPeers } from "../../../src/redis/redis-peers.js";
import { alone } from "../../../src/shared/peers.js";
import { createLog } from "../../../src/telemetry/log.js";
import { until } from "../../support/stand.js";

const names = createNames({ secret: Buffer.alloc(32, 1), service: ["silence"] });
let redis: RedisServer;

async function connect() {
  const outcomes: CommandOutcome[] = [];
  const changes: string[] = [];
  const refusals: string[] = [];
  const connection = new Connection({
    url: redis.url,
    countCommand: (outcome) => outcomes.push(outcome),
    changed: (isThere, reason) => changes.push(isThere ? "there" : reason),
    refused: (reason) => refusals.push(reason),
  });
  onTestFinished(() => connection.close());
  await until(() => connection.isThere, "it is connected");
  return { connection, outcomes, changes, refusals, ping: () => connection.run((to) => to.ping()) };
}

describe.skipIf(!hasRedis() && process.env["CI_NO_SKIP"] === undefined)("a Redis that hangs or refuses", { timeout: 60_000 }, () => {
  beforeEach(async () => {
    redis = await RedisServer.start();
  });

  afterEach(() => redis.remove());

  it("is sent nothing more after the first command without an answer, until it answers", async () => {
    const { connection, outcomes, ping } = await connect();
    redis.freeze();
    expect(await ping()).toBeUndefined();
    expect(await ping()).toBeUndefined();
    expect(outcomes).toEqual(["failed", "skipped"]);
    // It is asked again and again meanwhile, but not at the expense of a request.
    for (let nth = 0; nth < 20; nth += 1) {
      await wait(100);
      await ping();
    }
    expect(new Set(outcomes.splice(1))).toEqual(new Set(["skipped"]));
    redis.thaw();
    await until(() => connection.isThere, "it answers again");
    expect(await ping()).toBe("PONG");
  });

  it("lets no command wait longer that was sent after the one that took too long", async () => {
    const { outcomes, ping } = await connect();
    redis.freeze();
    let ended = 0;
    const first = ping();
    await wait(15);
    for (let nth = 0; nth < 3; nth += 1) void ping().then(() => (ended += 1));
    await first;
    await new Promise(setImmediate);
    expect(ended).toBe(3);
    await ping();
    expect(outcomes).toEqual(["failed", "failed", "failed", "failed", "skipped"]);
  });

  it("is asked again where its user may not ask, since a refusal is an answer", async () => {
    await redis.use((admin) => admin.acl("SETUSER", "default", "-ping"));
    const { connection } = await connect();
    redis.freeze();
    expect(await connection.run((to) => to.get("any"))).toBeUndefined();
    expect(connection.isThere).toBe(false);
    redis.thaw();
    await until(() => connection.isThere, "it answers again");
    expect(await connection.run((to) => to.get("any"))).toBeNull();
  });

  it("is left alone for longer each time that it is slow again, and the log hears of it", async () => {
    const { connection, ping, changes } = await connect();
    const silences: number[] = [];
    for (let nth = 0; nth < 4; nth += 1) {
      redis.freeze();
      await ping();
      redis.thaw();
      const sinceMs = performance.now();
      await until(() => connection.isThere, "it is asked again");
      silences.push(performance.now() - sinceMs);
    }
    // Timers may be early by a millisecond.
    [250, 500, 1000].forEach((ms, nth) => expect(silences[nth + 1]).toBeGreaterThan(ms - 2));
    redis.freeze();
    await ping();
    await until(() => changes.at(-1) === "SLOW", "it is said to be slow");
    redis.thaw();
    await until(() => changes.at(-1) === "there", "it is said to be there");
  });

  it("is connected to anew once where it is a replica, and the log hears why it refuses", async () => {
    const { connection, changes, refusals } = await connect();
    await redis.use((admin) => admin.replicaof("127.0.0.1", 1));
    const write = (): Promise<unknown> => connection.run((to) => to.set("any", "text"));
    await write();
    await until(() => changes.length === 3, "it is connected again");
    for (let nth = 0; nth < 5; nth += 1) await write();
    await connection.run((to) => to.get("any"));
    expect(changes).toEqual(["there", "CLOSED", "there"]);
    expect(refusals).toEqual(Array.from({ length: 6 }, () => "READONLY"));
  });

  it("is in the log when it is full and evicts nothing, once a minute, and reads go on", async () => {
    await redis.use((admin) => admin.config("SET", "maxmemory", "1"));
    const lines: string[] = [];
    const peers = createRedisPeers({
      url: redis.url,
      own: alone(),
      now: Date.now,
      log: createLog({ level: "warn", secrets: [], process: undefined, write: (line) => lines.push(line) }),
      callMs: 5000,
      secret: Buffer.alloc(32, 1),
      service: ["full"],
      countCommand: () => undefined,
      countFind: () => undefined,
    });
    onTestFinished(() => peers.close());
    await until(() => peers.isThere(), "it is connected");
    for (let nth = 0; nth < 5; nth += 1) expect(await peers.answers.find(`page ${String(nth)}`, () => false)).toBeUndefined();
    const logged = lines.map((line) => JSON.parse(line) as object);
    expect(logged).toMatchObject([{ level: "warn", code: "OOM", msg: "Redis refuses commands: this copy goes on with what it has" }]);
  });

  it("is not waited for without end where copies claim a call one after the other and never answer", async () => {
    const { connection } = await connect();
    const found: FindOutcome[] = [];
    const store = createAnswerStore({ connection, names, callMs: 200, countFind: (outcome) => found.push(outcome) });
    await redis.use((client) => client.set(names.of("claim", "wanted"), "another copy"));
    expect(await store.find("wanted", () => false)).toBeUndefined();
    expect(found).toEqual(["miss"]);
  });

  it("leaves no claim behind of a copy that has made the call by itself", async () => {
    const [one, other] = [await connect(), await connect()];
    const [ofOne, ofOther] = [one, other].map(({ connection }) =>
      createAnswerStore({ connection, names, callMs: 5000, countFind: () => undefined }),
    );
    const never = (): boolean => false;
    // Its script is known from now on, so that it is carried out where it was sent.
    await ofOne?.find("known", never);
    redis.freeze();
    expect(await ofOne?.find("wanted", never)).toBeUndefined();
    redis.thaw();
    await until(() => one.connection.isThere, "it answers again");
    let waited = 0;
    await ofOther?.find("wanted", () => {
      waited += 1;
      return true;
    });
    expect(waited).toBe(0);
  });
});
