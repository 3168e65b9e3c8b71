/** Bounds the time of a whole call: queue, connection, headers, body, and the second try if there is one. */
import { deadlineExceeded, Ending, onAbort } from "./abort.js";
import type { Layer } from "../pipeline.js";

export function deadline<A>(timeoutMs: number): Layer<A> {
  return (next) => async (call) => {
    const ending = new Ending();
    const timer = setTimeout(() => {
      ending.abort(deadlineExceeded);
    }, timeoutMs);
    // A shared answer is cached for others, so such a call goes on once it is sent.
    const unshared = call.sharedKey === undefined ? call.waiting?.signal : undefined;
    const stopListening = unshared && onAbort(unshared, () => ending.abort(unshared.reason));
    try {
      return await next({ ...call, signal: ending });
    } finally {
      clearTimeout(timer);
      stopListening?.();
    }
  };
}
