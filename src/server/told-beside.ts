/** What is told of an operation beside its data: that answers were no longer fresh, in which store it ran where it named none, and, to
 *  who may know, what it cost upstream. */
import type { ExecutionResult } from "graphql";
import { onceEach } from "../graph/errors.js";
import type { OperationMeter } from "../graph/operation-meter.js";
import type { Plan } from "../graph/plan.js";
import type { Store } from "../upstream/session.js";

interface Facts {
  readonly meter: OperationMeter;
  /** Where it is to be shown. */
  readonly plan: Plan | undefined;
  /** The server's own store, where the operation named none. */
  readonly assumed: Store | undefined;
}

export function toldBeside({ data, errors, extensions }: ExecutionResult, facts: Facts): ExecutionResult {
  const { plan, assumed } = facts;
  const { stale } = facts.meter;
  return {
    ...(errors !== undefined && { errors: onceEach(errors) }),
    ...(data !== undefined && { data }),
    extensions: {
      ...extensions,
      ...(assumed !== undefined && { store: assumed }),
      ...(stale !== undefined && { stale }),
      ...(plan !== undefined && { upstream: upstreamOf(plan, facts.meter) }),
    },
  };
}

function upstreamOf({ calls: estimated, byMethod }: Plan, meter: OperationMeter) {
  const { sentCalls: actual, freshAnswers, staleAnswers, joinedCalls: joined, shown: calls } = meter;
  return { estimated, actual, remembered: freshAnswers + staleAnswers, joined, estimatedByMethod: Object.fromEntries(byMethod), calls };
}
