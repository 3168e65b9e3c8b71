/** Holds for some seconds which reads failed because of their item. Unlike the values of the cache these may be reads of users: an entry is
 *  nothing but an error, under a digest. */
import { LRUCache } from "lru-cache";
import type { UpstreamError } from "../errors.js";

export interface RecentFailure {
  readonly error: UpstreamError;
  readonly failedAtMs: number;
}

interface Entry extends RecentFailure {
  readonly scopes: readonly string[];
  untilMs: number;
}

const rememberedMs = 5000;
/** `Retry-After` may ask for more time, but for no more than this. */
const longestRememberedMs = 60_000;
const mostEntries = 1000;

export class RecentFailures {
  private readonly entries = new LRUCache<string, Entry>({ max: mostEntries });

  /** The error to answer with instead of making a call; undefined where the call may be made. */
  find(key: string, nowMs: number): RecentFailure | undefined {
    const entry = this.entries.get(key);
    return entry !== undefined && nowMs < entry.untilMs && nowMs >= entry.failedAtMs ? entry : undefined;
  }

  /** A call is about to be made. True where its key failed a moment ago: this is then the one call that finds out whether it still fails.
   *  Others get the error meanwhile. */
  begin(key: string, nowMs: number): boolean {
    const entry = this.entries.get(key);
    if (entry === undefined || nowMs >= entry.untilMs + rememberedMs || nowMs < entry.failedAtMs) return false;
    entry.untilMs = Math.max(entry.untilMs, nowMs + rememberedMs);
    return true;
  }

  set(key: string, error: UpstreamError, scopes: readonly string[], nowMs: number): void {
    const askedMs = Math.min((error.resetAtMs ?? nowMs) - nowMs, longestRememberedMs);
    this.entries.set(key, { error, scopes, failedAtMs: nowMs, untilMs: nowMs + Math.max(rememberedMs, askedMs) });
  }

  delete(key: string): void {
    this.entries.delete(key);
  }

  /** Something was written, so reads that may show it are made again. */
  deleteScopes(scopes: readonly string[]): void {
    for (const [key, entry] of this.entries) {
      if (entry.scopes.some((scope) => scopes.includes(scope))) this.entries.delete(key);
    }
  }
}
