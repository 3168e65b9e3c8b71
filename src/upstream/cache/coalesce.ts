/** Joins identical calls under way, of all operations. It is cancelled when none of them waits any longer, and only while it is not sent yet. */
import { CallAborted, Ending, onAbort } from "../limits/abort.js";
import type { Call, Layer, Send } from "../pipeline.js";
import type { SharedKey } from "../request/request.js";

export function coalesce<A>(): Layer<A> {
  const underWay = new Map<SharedKey, Shared<A>>();
  return (next) => {
    const send: Send<A> = (call) => {
      const { sharedKey: key } = call;
      if (key === undefined || call.bypassCache) return next(call);
      const joined = underWay.get(key);
      if (joined?.answer !== undefined) return join(joined.answer, joined, call, send);
      const shared = new Shared<A>();
      shared.add(call);
      const answer = next({ ...call, waiting: shared.ending });
      const ended = (): void => {
        underWay.delete(key);
        shared.clear();
      };
      answer.then(ended, ended);
      shared.answer = answer;
      underWay.set(key, shared);
      return answer;
    };
    return send;
  };
}

/** Where all others had gone before it was sent, it ends without an answer, and is made again. */
async function join<A>(answer: Promise<A>, shared: Shared<A>, call: Call, send: Send<A>): Promise<A> {
  shared.add(call);
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

/** A call under way, and the operations that wait for it. */
class Shared<A> {
  /** Undefined when it has ended. */
  answer: Promise<A> | undefined;
  /** Aborted when the last has gone. */
  readonly ending = new Ending();
  private waiting = 0;
  private listeners: (() => void)[] = [];

  add({ waiting: operation }: Call): void {
    this.waiting += 1;
    if (operation === undefined) return;
    const stopListening = onAbort(operation.signal, () => {
      this.waiting -= 1;
      if (this.waiting === 0) this.ending.abort();
    });
    this.listeners.push(stopListening);
  }

  /** Lets go of all operations. V8 keeps what was once in a Map with many changes until its next full collection: each table that the Map outgrew leads
   *  to the one after it. */
  clear(): void {
    for (const stopListening of this.listeners) stopListening();
    this.listeners = [];
    this.answer = undefined;
  }
}
