/** Bounds the calls that are under way at once, and those that wait for one of them to end. Who waits is served in order: an operation of
 *  many calls delays others by the time of its own, and a long queue is refused before it is of no use to anybody. */
import { GivenUp } from "../deadline.js";
import { UpstreamError } from "../errors.js";
import type { Call, Layer } from "../pipeline.js";

interface SlotLimits {
  readonly atOnce: number;
  readonly maxWaiting: number;
  readonly maxWaitMs: number;
}

export class Slots {
  private taken = 0;
  private readonly queue = new Set<() => void>();

  constructor(private readonly limits: SlotLimits) {}

  get inFlight(): number {
    return this.taken;
  }

  get waiting(): number {
    return this.queue.size;
  }

  /** Undefined where a slot is free, or is not asked for. @throws UpstreamError OVERLOADED */
  take(call: Call): Promise<void> | undefined {
    if (!call.exempt && this.taken >= this.limits.atOnce) return this.wait(call);
    this.taken += 1;
    return undefined;
  }

  give(): void {
    this.taken -= 1;
    if (this.taken >= this.limits.atOnce) return;
    const [first] = this.queue;
    first?.();
  }

  private wait({ endpoint: { path: method }, deadline, interest }: Call): Promise<void> {
    const { maxWaiting, maxWaitMs } = this.limits;
    return new Promise((resolve, reject) => {
      if (this.queue.size >= maxWaiting) {
        reject(overloaded(method));
        return;
      }
      const leave = (): void => {
        this.queue.delete(begin);
        clearTimeout(timer);
        deadline?.unwatch();
        interest?.mayWithdraw(undefined);
      };
      const begin = (): void => {
        leave();
        this.taken += 1;
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
      deadline?.watch((over) => {
        fail(over === "givenUp" ? new GivenUp(method, true) : overloaded(method));
      });
      interest?.mayWithdraw(() => {
        fail(new GivenUp(method, true));
      });
    });
  }
}

/** @param money Of the calls that spend it, so that nothing else keeps them waiting. */
export function slots<A>(ordinary: Slots, money: Slots): Layer<A> {
  return (next) => async (call) => {
    const own = call.endpoint.effect === "money" ? money : ordinary;
    const turn = own.take(call);
    // Without a wait the call goes out in the same turn, before anybody can close its connections.
    if (turn !== undefined) await turn;
    try {
      return await next(call);
    } finally {
      own.give();
    }
  };
}

function overloaded(method: string): UpstreamError {
  const message = `${method} was not called: too many calls to 7digital are under way. Ask again in a moment.`;
  return new UpstreamError("OVERLOADED", message, { method, notSent: true });
}
