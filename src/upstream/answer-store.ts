/** The memory that all operations of this process share: decoded answers and remembered refusals, bounded in bytes, least recently
 *  used out first. It calls nobody and owns no clock.
 *  lru-cache's own `fetchMethod` is not used: it gives a caller undefined when an entry is evicted while it is fetched, can not
 *  remember a failure, and has no window in which stale values are renewed in the background but not served for ever. */
import { LRUCache } from "lru-cache";
import { failureLifetime, type Lifetime } from "./cache-policy.js";
import type { UpstreamError } from "./errors.js";
import { heapBytes } from "./heap-size.js";
import type { SharedKey } from "./request.js";

/** What was answered: a decoded, frozen value or a failure worth remembering. Times are epoch milliseconds. */
export interface Entry {
  readonly value: unknown;
  readonly failure: UpstreamError | undefined;
  /** When 7digital, or a cache on the way, made the answer. */
  readonly madeAtMs: number;
  readonly freshUntilMs: number;
  readonly revalidateUntilMs: number;
  readonly keepUntilMs: number;
  /** Set when a renewal failed: until then the stale value is served without asking. */
  pausedUntilMs: number;
}

/** The entry itself, its times and its place in the LRU list, beside key and value. */
const entryBytes = 400;
const failureBytes = 2000;
/** After a failed renewal 7digital is left alone for a moment, or every reader of a stale value would send it one more call. */
const pauseMs = 5000;

export class AnswerStore {
  private readonly entries: LRUCache<SharedKey, Entry>;

  /** @param maxBytes 0 keeps nothing. */
  constructor(maxBytes: number) {
    this.entries = new LRUCache({ maxSize: Math.max(1, maxBytes) });
  }

  /** What is held and still of some use. */
  find(key: SharedKey, nowMs: number): Entry | undefined {
    const entry = this.entries.get(key);
    if (entry === undefined || nowMs < entry.keepUntilMs) return entry;
    this.entries.delete(key);
    return undefined;
  }

  keepValue(key: SharedKey, value: unknown, lifetime: Lifetime, nowMs: number): void {
    const size = entryBytes + key.length + heapBytes(value);
    this.entries.set(key, entryOf(value, undefined, lifetime, nowMs), { size });
  }

  keepFailure(key: SharedKey, failure: UpstreamError, nowMs: number): void {
    const size = entryBytes + key.length + failureBytes;
    this.entries.set(key, entryOf(undefined, failure, failureLifetime, nowMs), { size });
  }

  forget(key: SharedKey): void {
    this.entries.delete(key);
  }

  /** Bytes accounted for all that is held. */
  get bytes(): number {
    return this.entries.calculatedSize;
  }
}

function entryOf(value: unknown, failure: UpstreamError | undefined, lifetime: Lifetime, nowMs: number): Entry {
  const { ageMs, freshMs, revalidateMs, keepMs } = lifetime;
  return {
    value,
    failure,
    madeAtMs: nowMs - ageMs,
    freshUntilMs: nowMs + freshMs,
    revalidateUntilMs: nowMs + revalidateMs,
    keepUntilMs: nowMs + keepMs,
    pausedUntilMs: 0,
  };
}

/** What an entry is good for: `serve` it; serve it and `renew` it behind the caller's back; or only as a `lastResort` when asking
 *  again fails. */
export function useOf(entry: Entry, nowMs: number): "serve" | "renew" | "lastResort" {
  if (nowMs < entry.freshUntilMs || nowMs < entry.pausedUntilMs) return "serve";
  return nowMs < entry.revalidateUntilMs ? "renew" : "lastResort";
}

export function pause(entry: Entry, nowMs: number): void {
  entry.pausedUntilMs = nowMs + pauseMs;
}
