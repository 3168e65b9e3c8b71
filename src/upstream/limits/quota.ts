/** Tracks the call quota by the X-RateLimit-* headers and the rejections of 7digital. Only complete and sensible headers count. It never delays
 *  a call, for the period is a day. @see API document, "Rate Limiting" */
import { longestPeriodSeconds, retryAt, wholeNumber } from "../wire/header-values.js";
import type { Header } from "../pipeline.js";

/** Calls per period of our key. */
export interface Quota {
  readonly limit: number;
  readonly used: number;
  readonly remaining: number;
  /** When the counters start again, epoch milliseconds. */
  readonly resetAtMs: number;
  readonly observedAtMs: number;
}

/** `Retry-After` beyond this is not followed, for purchases wait for it, too. */
const longestRejectionMs = 3_600_000;

export class QuotaTracker {
  private known: Quota | undefined;
  private rejectedUntilMs = 0;
  private inFlight = 0;
  /** Answers since then without the count. */
  private uncounted = 0;

  /** @param reservePercent Of the limit, for calls that no cached value can stand in for. */
  constructor(private readonly reservePercent: number) {}

  get quota(): Quota | undefined {
    return this.known;
  }

  /** Counts a call while it is under way: the headers of others do not include it. */
  async counting<A>(answer: Promise<A>): Promise<A> {
    this.inFlight += 1;
    try {
      return await answer;
    } finally {
      this.inFlight -= 1;
    }
  }

  /** Takes the headers of any answer, good or bad. */
  observe(header: Header, nowMs: number): void {
    const limit = wholeNumber(header("x-ratelimit-limit"));
    const used = wholeNumber(header("x-ratelimit-current"));
    const seconds = wholeNumber(header("x-ratelimit-reset"));
    if (limit === undefined || limit === 0 || used === undefined || seconds === undefined || seconds > longestPeriodSeconds) {
      this.uncounted += 1;
      return;
    }
    this.uncounted = 0;
    this.known = Object.freeze({
      limit,
      used,
      remaining: Math.max(0, limit - used),
      resetAtMs: nowMs + seconds * 1000,
      observedAtMs: nowMs,
    });
  }

  /** Takes a rejection, which may mean a spent quota or calls that came too fast. @returns when to try again, where that is known. */
  rejected(header: Header, nowMs: number): number | undefined {
    const retryAtMs = retryAt(header("retry-after"), nowMs);
    if (retryAtMs !== undefined) this.rejectedUntilMs = Math.min(retryAtMs, nowMs + longestRejectionMs);
    return retryAtMs ?? this.spentUntil(nowMs);
  }

  /** When calls may be made again; undefined while they may be made now. */
  spentUntil(nowMs: number): number | undefined {
    if (nowMs < this.rejectedUntilMs) return this.rejectedUntilMs;
    const { known } = this;
    return known?.remaining === 0 && nowMs < known.resetAtMs ? known.resetAtMs : undefined;
  }

  /** When calls may be made again that leave this share (0 to 1) of the reserve to others; undefined while they may be made now. */
  leavingUntil(share: number, nowMs: number): number | undefined {
    const { known, inFlight, uncounted } = this;
    if (known === undefined || nowMs >= known.resetAtMs) return undefined;
    const reservedFrom = known.limit * (1 - (share * this.reservePercent) / 100);
    return known.used + inFlight + uncounted >= reservedFrom ? known.resetAtMs : undefined;
  }
}
