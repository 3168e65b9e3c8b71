/** Stores decoded values and negative answers, bounded in bytes; the least recently used go first. It has no clock.
 *  lru-cache's own `fetchMethod` is not used: it returns undefined for an entry that is evicted while it is fetched, cannot store a failure,
 *  and has no bounded window for stale-while-revalidate. */
import { LRUCache } from "lru-cache";
import { failureLifetime, type Lifetime } from "./policy.js";
import type { UpstreamError } from "../errors.js";
import { heapBytes } from "./heap-size.js";
import type { SharedKey } from "../request/request.js";
import type { CachedAnswer, CachedAnswers } from "./cached-answers.js";

/** A decoded, frozen value or a negative answer. Times are epoch milliseconds. */
export interface Entry {
  readonly value: unknown;
  readonly failure: UpstreamError | undefined;
  /** When 7digital, or a cache on the way, made the answer. */
  readonly madeAtMs: number;
  readonly freshUntilMs: number;
  readonly revalidateUntilMs: number;
  readonly keepUntilMs: number;
  readonly answer: CachedAnswer;
  /** Set when a renewal failed: until then the stale value is served without a call. */
  pausedUntilMs: number;
}

/** The entry itself, its times and its place in the LRU list, without key and value. */
const entryBytes = 400;
const failureBytes = 2000;
/** After a failed renewal no call is made for a moment. Otherwise every reader of the stale value would make one. */
const pauseMs = 5000;

export class CacheStore {
  private readonly entries: LRUCache<SharedKey, Entry>;
  /** Entries that were replaced, deleted or evicted so far. */
  private removals = 0;

  /** @param maxBytes 0 keeps nothing. */
  constructor(private readonly maxBytes: number) {
    this.entries = new LRUCache({
      maxSize: Math.max(1, maxBytes),
      dispose: ({ answer }) => {
        answer.isCurrent = false;
        this.removals += 1;
      },
    });
  }

  /** Whether all of them are still in the cache. It counts as a use of them. */
  holds(answers: CachedAnswers, nowMs: number): boolean {
    if (!answers.areCurrent(this.removals)) return false;
    for (const key of answers.toUse(nowMs)) this.entries.get(key);
    return true;
  }

  /** Undefined also where the entry may no longer be used for anything. */
  find(key: SharedKey, nowMs: number): Entry | undefined {
    const entry = this.entries.get(key);
    if (entry === undefined || nowMs < entry.keepUntilMs) return entry;
    this.entries.delete(key);
    return undefined;
  }

  setValue(key: SharedKey, value: unknown, lifetime: Lifetime, nowMs: number): void {
    if (this.maxBytes === 0) return;
    const size = entryBytes + key.length + heapBytes(value);
    this.entries.set(key, entryOf(key, { value, failure: undefined }, lifetime, nowMs), { size });
  }

  setFailure(key: SharedKey, failure: UpstreamError, nowMs: number): void {
    const size = entryBytes + key.length + failureBytes;
    this.entries.set(key, entryOf(key, { value: undefined, failure }, failureLifetime, nowMs), { size });
  }

  delete(key: SharedKey): void {
    this.entries.delete(key);
  }

  /** Of all entries, estimated. */
  get bytes(): number {
    return this.entries.calculatedSize;
  }
}

function entryOf(key: SharedKey, content: Pick<Entry, "value" | "failure">, lifetime: Lifetime, nowMs: number): Entry {
  const { ageMs, freshMs, revalidateMs, keepMs } = lifetime;
  return {
    value: content.value,
    failure: content.failure,
    answer: { key, isCurrent: true },
    madeAtMs: nowMs - ageMs,
    freshUntilMs: nowMs + freshMs,
    revalidateUntilMs: nowMs + revalidateMs,
    keepUntilMs: nowMs + keepMs,
    pausedUntilMs: 0,
  };
}

/** What an entry is good for: `serve` it, serve it and `renew` it in the background, or use it as a `lastResort` when a call fails. */
export function useOf(entry: Entry, nowMs: number): "serve" | "renew" | "lastResort" {
  if (nowMs < entry.freshUntilMs || nowMs < entry.pausedUntilMs) return "serve";
  return nowMs < entry.revalidateUntilMs ? "renew" : "lastResort";
}

export function pause(entry: Entry, nowMs: number): void {
  entry.pausedUntilMs = nowMs + pauseMs;
}
