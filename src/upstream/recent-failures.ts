/** Remembers for some seconds that a read failed for a reason that lies in what was asked, so that asking again makes no call. It holds users'
 *  reads too, which the shared cache never does: nothing but an error, under a digest. */
import { LRUCache } from "lru-cache";
import type { UpstreamError } from "./errors.js";

export interface RecentFailure {
  readonly error: UpstreamError;
  readonly failedAtMs: number;
}

interface Entry extends RecentFailure {
  readonly scopes: readonly string[];
  untilMs: number;
}

const rememberedMs = 5000;
/** 7digital may ask for more time (Retry-After), but not to leave one item alone for hours. */
const longestRememberedMs = 60_000;
const mostEntries = 1000;

export class RecentFailures {
  private readonly entries = new LRUCache<string, Entry>({ max: mostEntries });

  /** What to fail with instead of making a call; undefined where the call may be made. */
  find(key: string, nowMs: number): RecentFailure | undefined {
    const entry = this.entries.get(key);
    return entry !== undefined && nowMs < entry.untilMs && nowMs >= entry.failedAtMs ? entry : undefined;
  }

  /** A call is about to be made. True where its key failed a moment ago: then this is the one call that finds out whether it still
   *  does, and others get the failure meanwhile. */
  begin(key: string, nowMs: number): boolean {
    const entry = this.entries.get(key);
    if (entry === undefined || nowMs >= entry.untilMs + rememberedMs || nowMs < entry.failedAtMs) return false;
    entry.untilMs = Math.max(entry.untilMs, nowMs + rememberedMs);
    return true;
  }

  failed(key: string, error: UpstreamError, scopes: readonly string[], nowMs: number): void {
    const askedMs = Math.min((error.resetAtMs ?? nowMs) - nowMs, longestRememberedMs);
    this.entries.set(key, { error, scopes, failedAtMs: nowMs, untilMs: nowMs + Math.max(rememberedMs, askedMs) });
  }

  forget(key: string): void {
    this.entries.delete(key);
  }

  /** Something was written: reads that may show it are made again. */
  forgetScopes(scopes: readonly string[]): void {
    for (const [key, entry] of this.entries) {
      if (entry.scopes.some((scope) => scopes.includes(scope))) this.entries.delete(key);
    }
  }
}
