/** Turns that copies take one after the other. Where Redis does not answer, a copy keeps the order among its own tasks only. */
import { randomBytes } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Result } from "ioredis";
import type { Turns } from "../shared/peers.js";
import type { Connection } from "./connection.js";
import type { KeyNames } from "./names.js";

/** A turn ends so long after its copy was last heard of. */
const turnMs = 5000;
const renewMs = 1500;
const shortestPollMs = 5;
const longestPollMs = 40;

/** What has no end is no turn of ours. */
const beginScript = `
if redis.call('PTTL', KEYS[1]) == -1 then redis.call('DEL', KEYS[1]) end
return redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) and 1 or 0`;
const renewScript = `
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return 0`;
const endScript = `
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0`;

declare module "ioredis" {
  interface RedisCommander<Context> {
    beginTurn(key: string, by: string, ms: number): Result<number, Context>;
    renewTurn(key: string, by: string, ms: number): Result<number, Context>;
    endTurn(key: string, by: string): Result<number, Context>;
  }
}

interface TurnsOptions {
  readonly connection: Connection;
  readonly names: KeyNames;
  /** Of the processes that share this machine, or of this one. */
  readonly own: Turns;
}

export function createTurns({ connection, names, own }: TurnsOptions): Turns {
  connection.redis.defineCommand("beginTurn", { numberOfKeys: 1, lua: beginScript });
  connection.redis.defineCommand("renewTurn", { numberOfKeys: 1, lua: renewScript });
  connection.redis.defineCommand("endTurn", { numberOfKeys: 1, lua: endScript });

  /** Resolves when it is our turn, or there is no Redis to say so. */
  async function begin(key: string, by: string): Promise<void> {
    for (let pollMs = shortestPollMs; ; pollMs = Math.min(2 * pollMs, longestPollMs)) {
      const begun = await connection.runPatiently((redis) => redis.beginTurn(key, by, turnMs));
      if (begun !== 0) return;
      // Several that wait do not ask in the same moment.
      await wait(pollMs * (1 + Math.random()));
    }
  }

  return {
    run: (name, task) =>
      own.run(name, async () => {
        const key = names.of("turn", name);
        const by = randomBytes(12).toString("base64url");
        await begin(key, by);
        const renewal = setInterval(() => void connection.runPatiently((redis) => redis.renewTurn(key, by, turnMs)), renewMs);
        try {
          return await task();
        } finally {
          clearInterval(renewal);
          void connection.runPatiently((redis) => redis.endTurn(key, by));
        }
      }),
  };
}
