/** Counts the requests of an operation, second tries and second signatures included. */
import type { Send, WireAnswer } from "../pipeline.js";

export function countSent(next: Send<WireAnswer>): Send<WireAnswer> {
  return (call) => {
    call.meter?.sent();
    return next(call);
  };
}
