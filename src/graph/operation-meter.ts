/** What one operation causes upstream: counts it, tells it to whoever may know, and stops what nobody waits for or may pay for. */
import type { Context } from "@opentelemetry/api";
import { UpstreamError } from "../upstream/errors.js";
import type { Effect } from "../upstream/endpoint.js";
import type { CallReport, Meter } from "../upstream/meter.js";

export interface MeterOptions {
  /** Calls that may be made. */
  readonly mostCalls: number;
  /** From the first call on. Undefined where the operation is to run to its end, whoever waits for it. */
  readonly timeoutMs: number | undefined;
  /** Counts one more call of whoever sends the operation. False where they may cause no more. */
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
/** Prices older than this are worth a word. */
const pricesGoodForMs = 5 * 60_000;

export class OperationMeter implements Meter {
  readonly shown: ShownCall[] = [];
  /** Requests that went out. */
  sentCalls = 0;
  /** Answers of the shared memory that were fresh. */
  freshAnswers = 0;
  /** Those that were not. */
  staleAnswers = 0;
  joinedCalls = 0;
  /** Whether the client went away before it was answered. */
  abandoned = false;
  private asked = 0;
  private readonly staleMethods = new Set<string>();
  private oldestAgeMs = 0;
  private over: UpstreamError | undefined;
  private timer: NodeJS.Timeout | undefined;
  private readonly waiting = new Set<(why: UpstreamError) => void>();

  constructor(private readonly options: MeterOptions) {}

  ask(method: string, effect: Effect, exempt: boolean): void {
    const { mostCalls, timeoutMs, mayAsk } = this.options;
    // What has been promised to be paid is not given up half-way.
    if (effect === "money" || (exempt && timeoutMs === undefined)) return;
    if (this.over !== undefined) throw this.over;
    this.asked += 1;
    if (this.asked > mostCalls) throw tooMany(method, mostCalls);
    if (!mayAsk()) throw usedUp(method);
    if (timeoutMs === undefined) return;
    this.timer ??= setTimeout(() => {
      this.end(tooLong(method));
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

  remembered(method: string, ageMs: number, staleMs: number): void {
    if (staleMs <= 0) this.freshAnswers += 1;
    else {
      this.staleAnswers += 1;
      this.staleMethods.add(method);
      this.oldestAgeMs = Math.max(this.oldestAgeMs, ageMs);
    }
    if (this.options.detailed) this.show({ method, from: staleMs > 0 ? "STALE" : "MEMORY", ageSeconds: Math.round(ageMs / 1000) });
  }

  joined(method: string): void {
    this.joinedCalls += 1;
    this.show({ method, from: "JOINED" });
  }

  whileLasts<T>(answer: Promise<T>): Promise<T> {
    const { over } = this;
    if (over !== undefined) {
      answer.catch(() => undefined);
      return Promise.reject(over);
    }
    return new Promise((resolve, reject) => {
      this.waiting.add(reject);
      const done = (): void => {
        this.waiting.delete(reject);
      };
      answer.then(resolve, reject).finally(done);
    });
  }

  whenOver(tell: () => void): void {
    if (this.over === undefined) this.waiting.add(tell);
    else tell();
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

  /** Nobody waits for the operation any more. */
  abandon(): void {
    this.abandoned = true;
    if (this.options.timeoutMs !== undefined)
      this.end(new UpstreamError("UPSTREAM_UNAVAILABLE", "The client went away.", { method: "", notSent: true }));
  }

  /** The operation is answered. */
  close(): void {
    clearTimeout(this.timer);
    this.waiting.clear();
  }

  private end(why: UpstreamError): void {
    clearTimeout(this.timer);
    this.over = why;
    for (const reject of this.waiting) reject(why);
    this.waiting.clear();
  }

  private show(call: ShownCall): void {
    if (this.options.detailed && this.shown.length < mostShown) this.shown.push(call);
  }
}

function tooMany(method: string, most: number): UpstreamError {
  const message = `The operation has made ${String(most)} calls to 7digital, which is as many as it may: ask for fewer items.`;
  return new UpstreamError("TOO_MANY_UPSTREAM_CALLS", message, { method, notSent: true });
}

function usedUp(method: string): UpstreamError {
  const message = "You have caused as many calls to 7digital as one caller may in an hour: ask again later, or for what is remembered.";
  return new UpstreamError("UPSTREAM_RATE_LIMITED", message, { method, notSent: true });
}

function tooLong(method: string): UpstreamError {
  return new UpstreamError("UPSTREAM_TIMEOUT", "The operation took too long: ask for less at once.", { method, notSent: true });
}
