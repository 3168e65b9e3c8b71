/** Counts for an operation what is really sent on its behalf, second tries and second signatures included. */
import type { Send, WireAnswer } from "../pipeline.js";

export function count(next: Send<WireAnswer>): Send<WireAnswer> {
  return (call) => {
    call.meter?.sent();
    return next(call);
  };
}
