/** What a response says of its operation beside the data: that answers were no longer fresh, in which store it ran where it named none, and,
 *  to clients that may know, what it cost upstream. */
import type { Store } from "../upstream/session.js";
import type { OperationMeter } from "./meter.js";
import type { Plan } from "./plan/plan.js";

export interface ExtensionFacts {
  readonly meter: OperationMeter;
  /** Where it is to be shown. */
  readonly shownPlan: Plan | undefined;
  /** The server's own store, where the operation named none. */
  readonly defaultStore: Store | undefined;
}

export function responseExtensions({ meter, shownPlan, defaultStore }: ExtensionFacts) {
  const { stale } = meter;
  return {
    ...(defaultStore !== undefined && { store: defaultStore }),
    ...(stale !== undefined && { stale }),
    ...(shownPlan !== undefined && { upstream: upstreamOf(shownPlan, meter) }),
  };
}

function upstreamOf({ calls: estimated, byMethod }: Plan, meter: OperationMeter) {
  const { sentCalls: actual, freshAnswers, staleAnswers, joinedCalls: joined, shown: calls } = meter;
  return { estimated, actual, remembered: freshAnswers + staleAnswers, joined, estimatedByMethod: Object.fromEntries(byMethod), calls };
}
