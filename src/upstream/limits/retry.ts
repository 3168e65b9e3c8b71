/** Sends a read once more after a failure that may pass. Never a write, never a third time, and only for a tenth of all calls, so that 7digital does
 *  not get twice the load when it is in trouble. A read that failed a moment ago gets no second try, to leave the budget to others. */
import { onAbort, type Signal } from "./abort.js";
import type { Ambient } from "../client.js";
import { UpstreamError } from "../errors.js";
import type { Layer } from "../pipeline.js";

/** Random, so that calls that failed together are not sent again together. */
const shortestWaitMs = 20;
const longestWaitMs = 100;

export function retry<A>({ now, random }: Pick<Ambient, "now" | "random">): Layer<A> {
  const budget = new RetryBudget(now);
  return (next) => async (call) => {
    if (call.endpoint.effect !== "read") return next(call);
    try {
      const answer = await next(call);
      budget.countCall();
      return answer;
    } catch (error) {
      // A call that was never sent does not count, or an upstream that comes back would be met by as many second tries.
      if (!(error instanceof UpstreamError) || !mayRetry(error) || call.suspect === true) throw error;
      budget.countCall();
      if (!budget.take()) throw error;
      await pause(shortestWaitMs + random() * (longestWaitMs - shortestWaitMs), call.signal);
      if (call.signal?.aborted === true || call.waiting?.signal.aborted === true) throw error;
      return next(call);
    }
  };
}

function mayRetry({ traits, retryable, resetAtMs }: UpstreamError): boolean {
  return traits.retryable && retryable && resetAtMs === undefined;
}

/** Shorter where the call is aborted meanwhile. */
function pause(ms: number, signal: Signal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      stopListening?.();
      resolve();
    };
    const timer = setTimeout(end, ms);
    const stopListening = signal && onAbort(signal, end);
  });
}

const windowMs = 10_000;
const share = 0.1;
/** For services with few calls. */
const alwaysAllowed = 5;

/** Second tries for a tenth of the calls in a window of time. */
class RetryBudget {
  private windowEndMs = 0;
  private calls = 0;
  private retries = 0;

  constructor(private readonly now: () => number) {}

  countCall(): void {
    const nowMs = this.now();
    // Also after the clock was set back.
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
