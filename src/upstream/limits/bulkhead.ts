/** Bulkhead: limits the calls at the same time, and the first-in-first-out queue behind them. It rejects at once what would wait too long. */
import { CallAborted, deadlineExceeded, onAbort, type Signal } from "./abort.js";
import type { ClientOptions } from "../client.js";
import { UpstreamError } from "../errors.js";
import type { Call, Layer } from "../pipeline.js";

interface BulkheadLimits extends Pick<ClientOptions, "maxWaiting" | "maxWaitMs"> {
  readonly atOnce: number;
}

export class Bulkhead {
  private acquired = 0;
  private readonly queue = new Set<() => void>();

  constructor(private readonly limits: BulkheadLimits) {}

  get inFlight(): number {
    return this.acquired;
  }

  get waiting(): number {
    return this.queue.size;
  }

  /** Undefined where a permit is free, or where the call needs none. Otherwise a promise of one. @throws UpstreamError OVERLOADED */
  acquire(call: Call): Promise<void> | undefined {
    if (!call.critical && this.acquired >= this.limits.atOnce) return this.wait(call);
    this.acquired += 1;
    return undefined;
  }

  release(): void {
    this.acquired -= 1;
    if (this.acquired >= this.limits.atOnce) return;
    const [first] = this.queue;
    first?.();
  }

  private wait({ endpoint: { path: method }, signal, waiting }: Call): Promise<void> {
    const { maxWaiting, maxWaitMs } = this.limits;
    const signals = [signal, waiting?.signal].filter((one) => one !== undefined);
    const aborted = signals.find((one) => one.aborted);
    if (aborted !== undefined) return Promise.reject(failureOf(aborted, method));
    if (this.queue.size >= maxWaiting) return Promise.reject(overloaded(method));
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.queue.delete(begin);
        clearTimeout(timer);
        for (const stopListening of listeners) stopListening();
      };
      const begin = (): void => {
        leave();
        this.acquired += 1;
        resolve();
      };
      const fail = (error: Error): void => {
        leave();
        reject(error);
      };
      const timer = setTimeout(() => {
        fail(overloaded(method));
      }, maxWaitMs);
      this.queue.add(begin);
      const listeners = signals.map((one) =>
        onAbort(one, () => {
          fail(failureOf(one, method));
        }),
      );
    });
  }
}

/** @param money Only for calls that spend money, so that no others delay them. */
export function bulkhead<A>(ordinary: Bulkhead, money: Bulkhead): Layer<A> {
  return (next) => async (call) => {
    const own = call.endpoint.effect === "money" ? money : ordinary;
    const permit = own.acquire(call);
    // Without a wait the call is sent in the same turn of the event loop, before its connections can be closed.
    if (permit !== undefined) await permit;
    try {
      return await next(call);
    } finally {
      own.release();
    }
  };
}

function overloaded(method: string): UpstreamError {
  const message = `${method} was not called: too many calls to 7digital are under way. Try again in a moment.`;
  return new UpstreamError("OVERLOADED", message, { method, notSent: true });
}

function failureOf(aborted: Signal, method: string): Error {
  return aborted.reason === deadlineExceeded ? overloaded(method) : new CallAborted(method, true);
}
