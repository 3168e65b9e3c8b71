/** Bounds the time of a whole call: waiting for a slot, connecting, headers, body, and a second try if there is one. A read that serves
 *  nobody else ends with the operation that makes it. */
import { Deadline } from "../deadline.js";
import type { Call, Layer } from "../pipeline.js";

export function deadline<A>(timeoutMs: number): Layer<A> {
  return (next) => async (call) => {
    const time = new Deadline(timeoutMs);
    if (isForOneOperation(call)) {
      call.meter?.whenOver(() => {
        time.giveUp();
      });
    }
    try {
      return await next({ ...call, deadline: time });
    } finally {
      time.cancel();
    }
  };
}

/** What is shared is kept for others, and what money depends on is seen through. */
function isForOneOperation({ endpoint: { effect }, sharedKey, exempt }: Call): boolean {
  return effect === "read" && sharedKey === undefined && !exempt;
}
