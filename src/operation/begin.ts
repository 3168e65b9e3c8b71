/** Makes what an operation runs in: its meter, which bounds what it may cause, and its scope, which its resolvers share. */
import { OperationTypeNode } from "graphql";
import { callerLimits } from "../shared/caller-limits.js";
import { Bindings, createScope, type Scope } from "../shared/scope.js";
import type { Client } from "../upstream/client.js";
import type { Store } from "../upstream/session.js";
import type { Admitted } from "./admit.js";
import { OperationMeter } from "./meter.js";
import type { Observation } from "./observation.js";
import type { Plan } from "./plan/plan.js";
import type { Prepared } from "./prepare.js";
import { isTrusted, type RateLimits } from "./rate-limits.js";
import type { RequestFacts } from "./request.js";

export interface BeginOptions {
  readonly client: Client;
  readonly bindings: Bindings;
  readonly rateLimits: RateLimits;
  readonly mostCalls: number;
  readonly operationMs: number;
  /** Whether every client may see what an operation costs, and not only the operator's own servers. */
  readonly showsCosts: boolean;
}

interface Parts {
  readonly prepared: Prepared;
  readonly admitted: Admitted;
  readonly planned: Plan;
  readonly request: RequestFacts;
}

export interface Running {
  readonly scope: Scope;
  readonly meter: OperationMeter;
  /** Where the client wants to see it, and may. */
  readonly shownPlan: Plan | undefined;
  /** Where neither the operation nor its request named one. */
  readonly defaultStore: Store | undefined;
}

export function begin({ prepared, admitted, planned, request }: Parts, options: BeginOptions, { trace }: Observation): Running {
  const { client, bindings, rateLimits, mostCalls, operationMs, showsCosts } = options;
  const { caller, store, isDefaultStore } = admitted;
  const counted = { ...caller, address: request.address };
  const detailed = (showsCosts || isTrusted(caller)) && request.header("x-7d-show-upstream") === "true";
  const meter = new OperationMeter({
    mostCalls,
    // A purchase runs to its end, even if the client has gone.
    timeoutMs: planned.spendsMoney ? undefined : operationMs,
    mayAsk: () => rateLimits.takeCall(counted, client.quota()?.limit),
    detailed,
    trace,
  });
  if (prepared.operation.operation === OperationTypeNode.QUERY) request.whenGone(() => meter.abandon());
  const ofCaller = { takePurchase: () => rateLimits.takePurchase(counted), takeVoucher: () => rateLimits.takeVoucher(counted) };
  const scope = createScope({
    caller,
    store,
    client: client.forOperation(meter),
    bindings: new Bindings(bindings).bind(callerLimits, ofCaller),
  });
  return { scope, meter, shownPlan: detailed ? planned : undefined, defaultStore: isDefaultStore ? store : undefined };
}
