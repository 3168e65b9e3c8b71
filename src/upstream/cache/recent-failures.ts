/** Remembers reads that fail because of the item itself: its answer cannot be read, or the server fails at it. For some seconds the same read then
 *  makes no call. They may be reads of users: an entry is only an error, under a digest. */
import { LRUCache } from "lru-cache";
import { UpstreamError } from "../errors.js";
import type { Answer, Call, Layer, Send } from "../pipeline.js";
import { scopesOf } from "../request/call-key.js";

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

  /** Before a call. True where its key failed a moment ago: this one call finds out whether it still fails, and others get the error meanwhile. */
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

/** Critical calls are neither remembered nor spared. */
export function rememberFailures(failures: RecentFailures, now: () => number): Layer<Answer> {
  return (next) => async (call) => {
    if (call.endpoint.effect === "read") return read(failures, now, next, call);
    try {
      return await next(call);
    } finally {
      failures.deleteScopes(scopesOf(call));
    }
  };
}

async function read(failures: RecentFailures, now: () => number, next: Send<Answer>, call: Call): Promise<Answer> {
  const { key, critical } = call;
  const suspect = !critical && failures.begin(key, now());
  try {
    const answer = await next({ ...call, suspect });
    failures.delete(key);
    return answer;
  } catch (error) {
    if (!critical && error instanceof UpstreamError && isItemFault(error)) failures.set(key, error, scopesOf(call), now());
    else if (suspect) failures.delete(key);
    throw error;
  }
}

/** Whether the same read would fail the same way. */
function isItemFault(error: UpstreamError): boolean {
  const { traits, httpStatus, sevendigitalCode, notSent, ofBatch } = error;
  if (ofBatch) return false;
  if (notSent || traits.cached !== "ifItemFault") return !notSent && traits.cached === "briefly";
  const isForbidden = httpStatus === 403 && sevendigitalCode === undefined;
  return error.isServerFault || isForbidden;
}
