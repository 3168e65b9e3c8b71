/** Bounds the time of a whole call: queue, connection, headers, body, and the second try if there is one. */
import { deadlineExceeded, onAbort } from "./abort.js";
import type { Layer } from "../pipeline.js";

export function deadline<A>(timeoutMs: number): Layer<A> {
  return (next) => async (call) => {
    const controller = new AbortController();
    const timer = setTimeout(() => {
      controller.abort(deadlineExceeded);
    }, timeoutMs);
    // A shared answer is cached for others, so such a call goes on once it is sent.
    const unshared = call.sharedKey === undefined ? call.waiting?.signal : undefined;
    const stopListening = unshared && onAbort(unshared, () => controller.abort(unshared.reason));
    try {
      return await next({ ...call, signal: controller.signal });
    } finally {
      clearTimeout(timer);
      stopListening?.();
    }
  };
}
