/** Makes one call of identical calls that are under way at the same time, whoever makes them. All get the same answer or the same
 *  error. No caller can cancel it for the others: a shared call belongs to nobody. */
import type { Layer } from "../pipeline.js";
import type { SharedKey } from "../request.js";

export function coalesce<A>(): Layer<A> {
  const underWay = new Map<SharedKey, Promise<A>>();
  return (next) => (call) => {
    const key = call.sharedKey;
    if (key === undefined || call.anew) return next(call);
    const joined = underWay.get(key);
    if (joined !== undefined) {
      call.meter?.joined(call.endpoint.path);
      return joined;
    }
    const answer = next(call).finally(() => underWay.delete(key));
    underWay.set(key, answer);
    return answer;
  };
}
