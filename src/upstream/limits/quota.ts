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

/** What processes that call with one key tell each other. */
export interface QuotaNews {
  readonly known?: Quota | undefined;
  /** Epoch milliseconds. */
  readonly rejectedUntilMs: number;
  /** Calls that `known` may not count: those under way, and those answered without the count. */
  readonly uncounted: number;
}

/** The other processes that call with the same key. */
export interface QuotaPeers {
  /** What this process knows has changed. @param read Gives it, when the others are to hear of it. */
  changed(read: () => QuotaNews): void;
  /** @param take Takes what all others know together, each time that it changes. */
  watch(take: (news: QuotaNews) => void): void;
}

/** What several of them know together. */
export function combinedQuota(news: readonly QuotaNews[]): QuotaNews {
  const known = news.flatMap((one) => one.known ?? []).sort((one, other) => other.observedAtMs - one.observedAtMs);
  return {
    known: known[0],
    rejectedUntilMs: Math.max(0, ...news.map(({ rejectedUntilMs }) => rejectedUntilMs)),
    uncounted: news.reduce((sum, { uncounted }) => sum + uncounted, 0),
  };
}

/** `Retry-After` beyond this is not followed, for purchases wait for it, too. */
const longestRejectionMs = 3_600_000;

export class QuotaTracker {
  private known: Quota | undefined;
  private rejectedUntilMs = 0;
  private inFlight = 0;
  /** Answers since then without the count. */
  private uncounted = 0;
  /** The same of other processes, and their calls under way. */
  private uncountedElsewhere = 0;

  /** @param reservePercent Of the limit, for calls that no cached value can stand in for. */
  constructor(
    private readonly reservePercent: number,
    private readonly peers?: QuotaPeers,
  ) {
    peers?.watch((news) => this.learn(news));
  }

  get quota(): Quota | undefined {
    return this.known;
  }

  /** Counts a call while it is under way: the headers of others do not include it. */
  async counting<A>(answer: Promise<A>): Promise<A> {
    this.inFlight += 1;
    this.tell();
    try {
      return await answer;
    } finally {
      this.inFlight -= 1;
      this.tell();
    }
  }

  private tell(): void {
    this.peers?.changed(() => ({
      known: this.known,
      rejectedUntilMs: this.rejectedUntilMs,
      uncounted: this.inFlight + this.uncounted,
    }));
  }

  private learn({ known, rejectedUntilMs, uncounted }: QuotaNews): void {
    this.uncountedElsewhere = uncounted;
    this.rejectedUntilMs = Math.max(this.rejectedUntilMs, rejectedUntilMs);
    if (known === undefined || known.observedAtMs <= (this.known?.observedAtMs ?? 0)) return;
    this.known = Object.freeze(known);
    this.uncounted = 0;
  }

  /** Takes the headers of any answer, good or bad. */
  observe(header: Header, nowMs: number): void {
    this.count(header, nowMs);
    this.tell();
  }

  private count(header: Header, nowMs: number): void {
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
    this.tell();
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
    const { known, inFlight, uncounted, uncountedElsewhere } = this;
    if (known === undefined || nowMs >= known.resetAtMs) return undefined;
    const reservedFrom = known.limit * (1 - (share * this.reservePercent) / 100);
    return known.used + inFlight + uncounted + uncountedElsewhere >= reservedFrom ? known.resetAtMs : undefined;
  }
}
