/** Makes one call of identical calls that are under way at the same time, whoever makes them. All get the same answer or the same
 *  error. No caller can cancel it for the others: a shared call belongs to nobody. Only where nobody is left, and nothing was sent, it ends. */
import { Interest } from "../interest.js";
import type { Layer } from "../pipeline.js";
import type { SharedKey } from "../request.js";

interface Shared<A> {
  readonly answer: Promise<A>;
  readonly interest: Interest;
}

export function coalesce<A>(): Layer<A> {
  const underWay = new Map<SharedKey, Shared<A>>();
  return (next) => (call) => {
    const { sharedKey: key, meter } = call;
    if (key === undefined || call.anew) return next(call);
    const shared = underWay.get(key);
    if (shared !== undefined) {
      shared.interest.add(meter);
      meter?.joined(call.endpoint.path);
      return shared.answer;
    }
    const forget = (): void => {
      if (underWay.get(key)?.interest === interest) underWay.delete(key);
    };
    const interest = new Interest(forget);
    interest.add(meter);
    const answer = next({ ...call, interest }).finally(forget);
    underWay.set(key, { answer, interest });
    return answer;
  };
}
