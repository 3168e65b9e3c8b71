/** The write path: stores what was answered, and falls back on a stale value when 7digital fails. */
import { UpstreamError } from "../errors.js";
import type { Answer, Layer } from "../pipeline.js";
import type { SharedKey } from "../request/request.js";
import { lifetimeOf } from "./policy.js";
import { pause, type CacheStore, type Entry } from "./store.js";

/** A value, and the entry it is from where it was in the cache. */
export interface Served {
  readonly value: unknown;
  /** Epoch milliseconds; 0 for an answer that may not be stored. */
  readonly freshUntilMs: number;
  readonly from: Entry | undefined;
}

export function write(store: CacheStore, now: () => number): Layer<Answer, Served> {
  return (next) => async (call) => {
    const key = call.sharedKey;
    if (key === undefined) return { value: (await next(call)).value, from: undefined, freshUntilMs: 0 };
    const askedAtMs = now();
    try {
      const answer = await next(call);
      const freshUntilMs = update(store, key, answer, { askedAtMs, answeredAtMs: now() });
      return { value: answer.value, from: undefined, freshUntilMs };
    } catch (error) {
      if (call.bypassCache) throw error;
      return fallBack(store, key, error, now());
    }
  };
}

function update(store: CacheStore, key: SharedKey, { value, header }: Answer, times: Parameters<typeof lifetimeOf>[1]): number {
  const lifetime = lifetimeOf(header, times);
  if (lifetime === undefined) {
    store.delete(key);
    return 0;
  }
  store.setValue(key, value, lifetime, times.answeredAtMs);
  return times.answeredAtMs + lifetime.freshMs;
}

function fallBack(store: CacheStore, key: SharedKey, error: unknown, nowMs: number): Served {
  if (!(error instanceof UpstreamError)) throw error;
  const { allowsStale, cached } = error.traits;
  if (!allowsStale) {
    if (cached === "negative") store.setFailure(key, error, nowMs);
    else store.delete(key);
    throw error;
  }
  const entry = store.find(key, nowMs);
  if (entry === undefined || entry.failure !== undefined) throw error;
  pause(entry, nowMs);
  return { value: entry.value, from: entry, freshUntilMs: entry.freshUntilMs };
}
