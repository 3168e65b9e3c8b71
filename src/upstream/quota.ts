/** Counts the allowance of calls as 7digital tells it in X-RateLimit-* and in refusals. It never delays a call: the period is a
 *  day. It trusts nothing but the last whole and sensible word. @see API document, "Rate Limiting" */
import { longestPeriodSeconds, retryAt, wholeNumber } from "./header-values.js";
import type { Header } from "./pipeline.js";

/** Calls per period of our key. */
export interface Quota {
  readonly limit: number;
  readonly used: number;
  readonly remaining: number;
  /** When the counters start again, epoch milliseconds. */
  readonly resetAtMs: number;
  readonly observedAtMs: number;
}

/** Then it is asked again, whatever one refusal has said: purchases wait for it too. */
const longestRefusalMs = 3_600_000;

export class Allowance {
  private told: Quota | undefined;
  private refusedUntilMs = 0;
  private underWay = 0;
  /** Answers since then that did not tell the count. */
  private untold = 0;

  /** @param reservePercent Of the limit, kept for calls that nothing remembered can stand in for. */
  constructor(private readonly reservePercent: number) {}

  get quota(): Quota | undefined {
    return this.told;
  }

  /** Counts a call while it is under way, for the headers of others do not. */
  async counting<A>(answer: Promise<A>): Promise<A> {
    this.underWay += 1;
    try {
      return await answer;
    } finally {
      this.underWay -= 1;
    }
  }

  /** Takes in the headers of any answer, good or bad. */
  observe(header: Header, nowMs: number): void {
    const limit = wholeNumber(header("x-ratelimit-limit"));
    const used = wholeNumber(header("x-ratelimit-current"));
    const seconds = wholeNumber(header("x-ratelimit-reset"));
    if (limit === undefined || limit === 0 || used === undefined || seconds === undefined || seconds > longestPeriodSeconds) {
      this.untold += 1;
      return;
    }
    this.untold = 0;
    this.told = Object.freeze({
      limit,
      used,
      remaining: Math.max(0, limit - used),
      resetAtMs: nowMs + seconds * 1000,
      observedAtMs: nowMs,
    });
  }

  /** Takes in a refusal for too many calls. Gives the time to come back, if that is known: a refusal alone does not say whether
   *  it was the day's allowance or only a moment's haste. */
  refused(header: Header, nowMs: number): number | undefined {
    const retryAtMs = retryAt(header("retry-after"), nowMs);
    if (retryAtMs !== undefined) this.refusedUntilMs = Math.min(retryAtMs, nowMs + longestRefusalMs);
    return retryAtMs ?? this.spentUntil(nowMs);
  }

  /** When calls may be made again; undefined while they may be made now. */
  spentUntil(nowMs: number): number | undefined {
    if (nowMs < this.refusedUntilMs) return this.refusedUntilMs;
    const { told } = this;
    return told?.remaining === 0 && nowMs < told.resetAtMs ? told.resetAtMs : undefined;
  }

  /** When calls may be made again that leave so much of the reserve to others; undefined while they may be made now.
   *  @param share 1 leaves all of it, 0 nothing. */
  leavingUntil(share: number, nowMs: number): number | undefined {
    const { told, underWay, untold } = this;
    if (told === undefined || nowMs >= told.resetAtMs) return undefined;
    const keptFrom = told.limit * (1 - (share * this.reservePercent) / 100);
    return told.used + underWay + untold >= keptFrom ? told.resetAtMs : undefined;
  }
}
