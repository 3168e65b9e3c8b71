/** Sends a read once more when the failure looks passing. Never a write, never twice, and only for a small part of all calls, so
 *  that an upstream in trouble is not sent twice the load. A key that failed a moment ago gets no second try: it would take those of others. */
import type { Deadline } from "../deadline.js";
import { UpstreamError } from "../errors.js";
import type { Layer } from "../pipeline.js";

interface RetryAmbient {
  readonly now: () => number;
  /** In [0, 1). */
  readonly random: () => number;
}

/** Apart, so that calls that failed together do not come back together. */
const shortestWaitMs = 20;
const longestWaitMs = 100;

export function retry<A>({ now, random }: RetryAmbient): Layer<A> {
  const budget = new RetryBudget(now);
  return (next) => async (call) => {
    if (call.endpoint.effect !== "read") return next(call);
    try {
      const answer = await next(call);
      budget.countCall();
      return answer;
    } catch (error) {
      // Calls that were refused here do not count, or an upstream that comes back would be met by as many second tries.
      if (!(error instanceof UpstreamError) || !error.retryable || error.resetAtMs !== undefined || call.suspect === true) throw error;
      budget.countCall();
      if (!budget.take()) throw error;
      await pause(shortestWaitMs + random() * (longestWaitMs - shortestWaitMs), call.deadline);
      if (call.deadline?.over !== undefined || call.interest?.isGone) throw error;
      return next(call);
    }
  };
}

/** Shorter when the call's time is over before. */
function pause(ms: number, deadline: Deadline | undefined): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    deadline?.watch(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

const windowMs = 10_000;
const share = 0.1;
/** So that a quiet service has its second tries as well. */
const alwaysAllowed = 5;

/** Allows second tries for a tenth of the calls of a window of time. */
class RetryBudget {
  private windowEndMs = 0;
  private calls = 0;
  private retries = 0;

  constructor(private readonly now: () => number) {}

  countCall(): void {
    const nowMs = this.now();
    // A clock that was set back does not make the window longer.
    if (nowMs >= this.windowEndMs || nowMs < this.windowEndMs - windowMs) {
      this.windowEndMs = nowMs + windowMs;
      this.calls = 0;
      this.retries = 0;
    }
    this.calls += 1;
  }

  take(): boolean {
    if (this.retries >= Math.max(alwaysAllowed, share * this.calls)) return false;
    this.retries += 1;
    return true;
  }
}
