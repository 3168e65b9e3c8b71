/** Sets the clock by which we sign, when 7digital refuses a signature and its own time is another. The call is then signed and sent once
 *  more: a refused signature was not executed. Not so money, which is sent once whatever the reason (docs/decisions/0019). */
import type { Clock } from "../clock.js";
import type { Layer, WireAnswer } from "../pipeline.js";

export function clockSkew(clock: Clock): Layer<WireAnswer> {
  return (next) => async (call) => {
    const answer = await next(call);
    const { auth, effect } = call.endpoint;
    if (auth === "key" || answer.httpStatus !== 401 || !clock.learn(answer.header("date"))) return answer;
    return effect === "money" ? answer : next(call);
  };
}
