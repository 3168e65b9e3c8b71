/** What a response is made of: answers in the cache, without their values, so that a kept response keeps no value from being evicted. */
import type { SharedKey } from "../request/request.js";

/** Stands for an answer in the cache. */
export interface CachedAnswer {
  readonly key: SharedKey;
  /** False once it is replaced, deleted or evicted. */
  isCurrent: boolean;
}

/** A response that is served often marks its answers as used this often, at most. */
const useEveryMs = 5000;

/** The answers of one response. */
export class CachedAnswers {
  /** Removals from the cache when all were current. */
  private checkedAt = -1;
  private usedAtMs = 0;

  constructor(private readonly all: readonly CachedAnswer[]) {}

  get size(): number {
    return this.all.length;
  }

  /** @param removals From the cache so far: nothing has changed while there are no more. */
  areCurrent(removals: number): boolean {
    if (this.checkedAt === removals) return true;
    if (!this.all.every(({ isCurrent }) => isCurrent)) return false;
    this.checkedAt = removals;
    return true;
  }

  /** The keys to mark as used now: all or none. */
  toUse(nowMs: number): readonly SharedKey[] {
    if (nowMs - this.usedAtMs < useEveryMs) return [];
    this.usedAtMs = nowMs;
    return this.all.map(({ key }) => key);
  }
}
