/** Answers of 7digital in Redis. Of copies that need the same one, the first makes the call; the others wait for its answer. */
import { randomBytes } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Result } from "ioredis";
import type { AnswerStore } from "../upstream/cache/cache.js";
import type { Connection } from "./connection.js";
import type { KeyNames } from "./names.js";

/** How an answer came, or why it did not. */
export type FindOutcome = "hit" | "miss" | "joined" | "unavailable";

interface AnswersOptions {
  readonly connection: Connection;
  readonly names: KeyNames;
  /** Longest time that a call may take, with the wait for another copy's. */
  readonly callMs: number;
  readonly countFind: (outcome: FindOutcome) => void;
}

/** After so long without an answer, a copy that waits makes the call: the one that began may be gone, and the next one as well. */
const longestClaimMs = 3000;
/** Of the time for a call, so that enough is left to make it after all. */
const claimShare = 0.5;
/** After a call that came to nothing, copies make it without waiting for each other. */
const freeMs = 1000;
const shortestPollMs = 4;
const longestPollMs = 50;

/** @returns The answer; or, without one, whether the call is ours, is being made, or is for each to make. */
const claimScript = `
local answer = redis.call('GET', KEYS[1])
if answer then return {answer} end
if redis.call('SET', KEYS[2], ARGV[1], 'NX', 'PX', ARGV[2]) then return {false, 'ours'} end
return {false, redis.call('GET', KEYS[2]) == 'free' and 'free' or 'theirs'}`;
const keepScript = `
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
if redis.call('GET', KEYS[2]) == ARGV[1] then redis.call('DEL', KEYS[2]) end`;
const releaseScript = `
if redis.call('GET', KEYS[2]) == ARGV[1] then redis.call('SET', KEYS[2], 'free', 'PX', ARGV[2]) end`;

declare module "ioredis" {
  interface RedisCommander<Context> {
    claimAnswerBuffer(answer: string, claim: string, by: string, ms: number): Result<readonly [Buffer | null, Buffer?], Context>;
    keepAnswer(answer: string, claim: string, by: string, packed: Buffer, ms: number): Result<null, Context>;
    releaseAnswer(answer: string, claim: string, by: string, ms: number): Result<null, Context>;
  }
}

export function createAnswerStore({ connection, names, callMs, countFind }: AnswersOptions): AnswerStore {
  const claimMs = Math.ceil(Math.min(longestClaimMs, callMs * claimShare));
  /** This copy. */
  const by = randomBytes(12).toString("base64url");
  const { redis } = connection;
  redis.defineCommand("claimAnswer", { numberOfKeys: 2, lua: claimScript });
  redis.defineCommand("keepAnswer", { numberOfKeys: 2, lua: keepScript });
  redis.defineCommand("releaseAnswer", { numberOfKeys: 2, lua: releaseScript });
  const keysOf = (key: string): readonly [answer: string, claim: string] => [names.of("answer", key), names.of("claim", key)];

  return {
    async find(key, isOver) {
      const [answer, claim] = keysOf(key);
      const untilMs = performance.now() + claimMs;
      for (let pollMs = shortestPollMs, waited = false; ; pollMs = Math.min(2 * pollMs, longestPollMs), waited = true) {
        const found = await connection.run(
          (to) => to.claimAnswerBuffer(answer, claim, by, claimMs),
          (to) => to.releaseAnswer(answer, claim, by, freeMs),
        );
        const [packed, whose] = found ?? [undefined, undefined];
        if (packed) {
          countFind(waited ? "joined" : "hit");
          return packed;
        }
        if (whose?.toString() !== "theirs" || isOver() || performance.now() >= untilMs) {
          countFind(found === undefined ? "unavailable" : "miss");
          return undefined;
        }
        await wait(pollMs);
      }
    },
    keep(key, packed, forMs) {
      void connection.run((to) => to.keepAnswer(...keysOf(key), by, packed, Math.ceil(forMs)));
    },
    release(key) {
      void connection.run((to) => to.releaseAnswer(...keysOf(key), by, freeMs));
    },
  };
}
