/** Corrects the clock that signatures use, when 7digital rejects one and its own time differs. Then it signs and sends the call once more, for a
 *  call with a rejected signature was not executed. Money is sent once whatever the reason (docs/decisions/0019). */
import type { Clock } from "../request/clock.js";
import type { Layer, WireAnswer } from "../pipeline.js";

export function clockSkew(clock: Clock): Layer<WireAnswer> {
  return (next) => async (call) => {
    const answer = await next(call);
    const { auth, effect } = call.endpoint;
    if (auth === "key" || answer.httpStatus !== 401 || !clock.learn(answer.header("date"))) return answer;
    return effect === "money" ? answer : next(call);
  };
}
