/** Keeps what was answered for the next who asks, and falls back on what it holds when 7digital fails. It is reached only by calls
 *  that have to be made: what is fresh is served before any call exists (see client.ts). */
import { pause, type AnswerStore, type Entry } from "../answer-store.js";
import { lifetimeOf } from "../cache-policy.js";
import { UpstreamError, type UpstreamErrorCode } from "../errors.js";
import type { Answer, Layer, Send } from "../pipeline.js";
import type { SharedKey } from "../request.js";

/** True answers about the world; nothing older is truer. */
const worthRemembering: ReadonlySet<UpstreamErrorCode> = new Set(["NOT_FOUND", "NOT_AVAILABLE_IN_COUNTRY"]);

/** Failures to answer. A refused key or input is none: it will not pass, so it must be seen. */
const passing: ReadonlySet<UpstreamErrorCode> = new Set([
  "UPSTREAM_ERROR",
  "UPSTREAM_UNAVAILABLE",
  "UPSTREAM_TIMEOUT",
  "UPSTREAM_BAD_RESPONSE",
  "UPSTREAM_RATE_LIMITED",
  "OVERLOADED",
]);

/** A value, and how old it is where it was remembered. */
export interface Served {
  readonly value: unknown;
  readonly from: Entry | undefined;
}

export function sharedCache(store: AnswerStore, now: () => number): Layer<Answer, Served> {
  return (next: Send<Answer>) => async (call) => {
    const key = call.sharedKey;
    if (key === undefined) return { value: (await next(call)).value, from: undefined };
    const askedAtMs = now();
    try {
      const answer = await next(call);
      keep(store, key, answer, { askedAtMs, answeredAtMs: now() });
      return { value: answer.value, from: undefined };
    } catch (error) {
      if (call.anew) throw error;
      return fallBack(store, key, error, now());
    }
  };
}

function keep(store: AnswerStore, key: SharedKey, { value, header }: Answer, times: Parameters<typeof lifetimeOf>[1]): void {
  const lifetime = lifetimeOf(header, times);
  if (lifetime === undefined) store.forget(key);
  else store.keepValue(key, value, lifetime, times.answeredAtMs);
}

function fallBack(store: AnswerStore, key: SharedKey, error: unknown, nowMs: number): Served {
  if (!(error instanceof UpstreamError)) throw error;
  if (!passing.has(error.code)) {
    if (worthRemembering.has(error.code)) store.keepFailure(key, error, nowMs);
    else store.forget(key);
    throw error;
  }
  const held = store.find(key, nowMs);
  if (held === undefined || held.failure !== undefined) throw error;
  pause(held, nowMs);
  return { value: held.value, from: held };
}
