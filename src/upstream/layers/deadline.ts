/** Bounds the time of a whole call: waiting for a connection, headers, body, and a second try if there is one. */
import { Deadline } from "../deadline.js";
import type { Layer } from "../pipeline.js";

export function deadline<A>(timeoutMs: number): Layer<A> {
  return (next) => async (call) => {
    const time = new Deadline(timeoutMs);
    try {
      return await next({ ...call, deadline: time });
    } finally {
      time.cancel();
    }
  };
}
