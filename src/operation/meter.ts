/** The calls of one operation: counts and limits them, and aborts them when the operation ends early. */
import type { Context } from "@opentelemetry/api";
import type { UpstreamErrorCode } from "../upstream/error-traits.js";
import { UpstreamError } from "../upstream/errors.js";
import type { CachedAnswer } from "../upstream/cache/cache.js";
import type { Effect } from "../upstream/endpoint.js";
import { Ending, type Signal } from "../upstream/limits/abort.js";
import type { CallReport, Meter } from "../upstream/meter.js";

export interface MeterOptions {
  /** Calls that may be made. */
  readonly mostCalls: number;
  /** From the first call on. Undefined for an operation that has to run to its end. */
  readonly timeoutMs: number | undefined;
  /** Counts one more call of the caller. False where the caller may make no more. */
  readonly mayAsk: () => boolean;
  /** The trace that the calls belong to. */
  readonly trace: Context | undefined;
  /** Whether every call is kept, to be shown. */
  readonly detailed: boolean;
}

/** One call, as it is shown. */
export interface ShownCall {
  readonly method: string;
  /** UPSTREAM: a request. MEMORY: remembered and fresh. STALE: remembered, and no longer fresh. JOINED: the answer to another's request. */
  readonly from: "UPSTREAM" | "MEMORY" | "STALE" | "JOINED";
  readonly outcome?: string;
  readonly durationMs?: number;
  readonly ageSeconds?: number;
}

/** Answers that were no longer fresh. */
export interface Stale {
  readonly methods: readonly string[];
  readonly oldestAgeSeconds: number;
  /** Whether prices in them may have changed. 7digital compares them once more when they are paid. */
  readonly pricesMayDiffer: boolean;
}

const mostShown = 500;
/** The response warns about prices older than this. */
const pricesGoodForMs = 5 * 60_000;

export class OperationMeter implements Meter {
  readonly shown: ShownCall[] = [];
  /** Requests that went out. */
  sentCalls = 0;
  /** Fresh answers from the cache. */
  freshAnswers = 0;
  /** Stale answers from the cache. */
  staleAnswers = 0;
  joinedCalls = 0;
  /** When the first part of the response is no longer fresh, in epoch milliseconds; Infinity where no part came from 7digital. */
  goodUntilMs = Infinity;
  /** Whether the client closed its connection before the response. */
  abandoned = false;
  /** Answers in the cache that were used. */
  readonly answers: CachedAnswer[] = [];
  private asked = 0;
  private readonly staleMethods = new Set<string>();
  private oldestAgeMs = 0;
  private over: UpstreamError | undefined;
  private timer: NodeJS.Timeout | undefined;
  private ending: Ending | undefined;

  constructor(private readonly options: MeterOptions) {}

  ask(method: string, effect: Effect, critical: boolean): void {
    const { mostCalls, timeoutMs, mayAsk } = this.options;
    // A purchase under way is seen through.
    if (effect === "money" || (critical && timeoutMs === undefined)) return;
    if (this.over !== undefined) throw this.over;
    this.asked += 1;
    if (this.asked > mostCalls) {
      const message = `The operation reached its limit of ${String(mostCalls)} calls to 7digital. Ask for fewer items.`;
      throw notSent("TOO_MANY_UPSTREAM_CALLS", message, method);
    }
    if (!mayAsk()) {
      const message = "You have caused as many calls to 7digital as one caller may in an hour. Ask again later.";
      throw notSent("CALLER_CALL_LIMIT", message, method);
    }
    if (timeoutMs === undefined) return;
    this.timer ??= setTimeout(() => {
      this.end(notSent("OPERATION_TIMEOUT", "The operation took too long. Ask for less at once.", method));
    }, timeoutMs);
  }

  sent(): void {
    this.sentCalls += 1;
  }

  get trace(): Context | undefined {
    return this.options.trace;
  }

  called({ method, outcome, durationMs, sent }: CallReport): void {
    if (sent) this.show({ method, from: "UPSTREAM", outcome, durationMs });
  }

  servedFromCache(method: string, ageMs: number, staleMs: number, answer?: CachedAnswer): void {
    if (answer !== undefined) this.answers.push(answer);
    if (staleMs <= 0) this.freshAnswers += 1;
    else {
      this.staleAnswers += 1;
      this.staleMethods.add(method);
      this.oldestAgeMs = Math.max(this.oldestAgeMs, ageMs);
    }
    if (this.options.detailed) this.show({ method, from: staleMs > 0 ? "STALE" : "MEMORY", ageSeconds: Math.round(ageMs / 1000) });
  }

  goodUntil(untilMs: number): void {
    this.goodUntilMs = Math.min(this.goodUntilMs, untilMs);
  }

  joined(method: string): void {
    this.joinedCalls += 1;
    this.show({ method, from: "JOINED" });
  }

  /** Made on first use, for an operation that is answered from the cache needs none. */
  get signal(): Signal {
    if (this.ending === undefined) {
      this.ending = new Ending();
      if (this.over !== undefined) this.ending.abort(this.over);
    }
    return this.ending;
  }

  /** Undefined where every answer was fresh. */
  get stale(): Stale | undefined {
    if (this.staleMethods.size === 0) return undefined;
    return {
      methods: [...this.staleMethods].sort(),
      oldestAgeSeconds: Math.round(this.oldestAgeMs / 1000),
      pricesMayDiffer: this.oldestAgeMs > pricesGoodForMs,
    };
  }

  /** Whether every part of the response is in memory and fresh: nothing was asked, waited for or stale. */
  get isFromMemory(): boolean {
    return this.asked === 0 && this.joinedCalls === 0 && this.staleAnswers === 0;
  }

  /** The client closed its connection. */
  abandon(): void {
    this.abandoned = true;
    if (this.options.timeoutMs !== undefined) this.end(notSent("CLIENT_CLOSED_REQUEST", "The client closed its connection.", ""));
  }

  /** The operation is answered. */
  close(): void {
    clearTimeout(this.timer);
    this.ending = undefined;
  }

  private end(why: UpstreamError): void {
    clearTimeout(this.timer);
    this.over = why;
    this.ending?.abort(why);
  }

  private show(call: ShownCall): void {
    if (this.options.detailed && this.shown.length < mostShown) this.shown.push(call);
  }
}

function notSent(code: UpstreamErrorCode, message: string, method: string): UpstreamError {
  return new UpstreamError(code, message, { method, notSent: true });
}
