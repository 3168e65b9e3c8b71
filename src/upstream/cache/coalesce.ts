/** Joins identical calls under way, of all operations. It is cancelled when none of them waits any longer, and only while it is not sent yet. */
import { CallAborted, Ending, onAbort } from "../limits/abort.js";
import type { Call, Layer, Send } from "../pipeline.js";
import type { SharedKey } from "../request/request.js";

interface Shared<A> {
  readonly answer: Promise<A>;
  readonly waiters: Waiters;
}

export function coalesce<A>(): Layer<A> {
  const underWay = new Map<SharedKey, Shared<A>>();
  return (next) => {
    const send: Send<A> = (call) => {
      const { sharedKey: key } = call;
      if (key === undefined || call.bypassCache) return next(call);
      const shared = underWay.get(key);
      if (shared !== undefined) return join(shared, call, send);
      const waiters = new Waiters();
      waiters.add(call);
      const answer = next({ ...call, waiting: waiters.ending });
      const ended = (): void => {
        underWay.delete(key);
        waiters.clear();
      };
      answer.then(ended, ended);
      underWay.set(key, { answer, waiters });
      return answer;
    };
    return send;
  };
}

/** Where all others had gone before it was sent, it ends without an answer, and is made again. */
async function join<A>({ answer, waiters }: Shared<A>, call: Call, send: Send<A>): Promise<A> {
  waiters.add(call);
  try {
    const value = await answer;
    call.meter?.joined(call.endpoint.path);
    return value;
  } catch (error) {
    if (error instanceof CallAborted && call.waiting?.signal.aborted !== true) return send(call);
    call.meter?.joined(call.endpoint.path);
    throw error;
  }
}

/** The operations that wait for a shared call. */
class Waiters {
  /** Aborted when the last has gone. */
  readonly ending = new Ending();
  private waiting = 0;
  private readonly listeners: (() => void)[] = [];

  add({ waiting: operation }: Call): void {
    this.waiting += 1;
    if (operation === undefined) return;
    const stopListening = onAbort(operation.signal, () => {
      this.waiting -= 1;
      if (this.waiting === 0) this.ending.abort();
    });
    this.listeners.push(stopListening);
  }

  clear(): void {
    for (const stopListening of this.listeners) stopListening();
  }
}
