/** Counts of callers that all copies share. Each copy takes room in Redis in blocks, and counts by itself where Redis does not answer. */
import { RateLimiterMemory, RateLimiterRedis, type RateLimiterAbstract } from "rate-limiter-flexible";
import { LeasedWindow, type Lease, type LeaseRequest } from "../shared/leased-window.js";
import { msUntilRoom, roomIn, type Window, type WindowKind } from "../shared/window.js";
import type { Connection } from "./connection.js";
import type { KeyNames } from "./names.js";

interface WindowsOptions {
  readonly connection: Connection;
  readonly names: KeyNames;
}

/** Of a limit, what copies may hold at a time without using it. */
const idleShare = 0.05;
/** How many copies may hold it. */
const copies = 8;
/** What a period holds is decided here, not by the library's own limit. */
const noLimit = Number.MAX_SAFE_INTEGER;

interface Counters {
  readonly inRedis: RateLimiterAbstract;
  /** What this copy counts while Redis does not answer. */
  readonly inMemory: RateLimiterAbstract;
}

/** Call it before the first command is sent: the library adds a script to the connection, which commands that already wait to be sent would not know.
 *  @returns Makes the window of a limit. */
export function createWindows({ connection, names }: WindowsOptions) {
  // Each call says how long its count is kept.
  const counted = { points: noLimit, duration: 1, keyPrefix: "" };
  const counters: Counters = {
    inMemory: new RateLimiterMemory(counted),
    inRedis: new RateLimiterRedis({ ...counted, storeClient: connection.redis, rejectIfRedisNotReady: true }),
  };
  return (kind: WindowKind, periodMs: number, now: () => number): Window => {
    const counter = new PeriodCounter(counters, connection, names, periodMs);
    const lease = (request: LeaseRequest): Promise<Lease> => leaseOf(counter, request, now());
    return new LeasedWindow({ kind, periodMs, now, count: Infinity, lease });
  };
}

async function leaseOf(counter: PeriodCounter, request: LeaseRequest, nowMs: number): Promise<Lease> {
  const { kind, name, periodMs, most, wanted, owed, usage } = request;
  const period = Math.floor(nowMs / periodMs);
  const block = Math.max(1 + Math.floor((most * idleShare) / copies), wanted);
  const added = owed + (usage?.count ?? 0);
  const [before, total] = await Promise.all([counter.read(kind, name, period - 1), counter.add(kind, name, period, added + block)]);
  const counted = { count: total - block, before };
  const moment = { periodMs, nowMs };
  const granted = Math.min(block, roomIn(counted, most, moment));
  if (granted < block) counter.giveBack(kind, name, period, block - granted);
  return { granted, refusedMs: granted > 0 ? 0 : Math.max(1, msUntilRoom(counted, most, moment)), isShared: true };
}

/** Counts by period. */
class PeriodCounter {
  private readonly lifetime: { readonly customDuration: number };

  constructor(
    private readonly counters: Counters,
    private readonly connection: Connection,
    private readonly names: KeyNames,
    periodMs: number,
  ) {
    // In seconds. The period after reads it as well.
    this.lifetime = { customDuration: (2 * periodMs) / 1000 };
  }

  async read(kind: string, name: string, period: number): Promise<number> {
    const key = this.names.of("count", kind, name, String(period));
    return (await this.ask((counter) => counter.get(key)))?.consumedPoints ?? 0;
  }

  /** @returns The count of all copies. */
  async add(kind: string, name: string, period: number, more: number): Promise<number> {
    const key = this.names.of("count", kind, name, String(period));
    return (await this.ask((counter) => counter.consume(key, more, this.lifetime))).consumedPoints;
  }

  giveBack(kind: string, name: string, period: number, points: number): void {
    const key = this.names.of("count", kind, name, String(period));
    void this.ask((counter) => counter.reward(key, points, this.lifetime)).catch(() => undefined);
  }

  private async ask<T>(question: (counter: RateLimiterAbstract) => Promise<T>): Promise<T> {
    const { inRedis, inMemory } = this.counters;
    const answer = await this.connection.run(async () => ({ of: await question(inRedis) }));
    return answer === undefined ? question(inMemory) : answer.of;
  }
}
