/** Makes what an operation runs in: its meter, which bounds what it may cause, and its scope, which its resolvers share. */
import { OperationTypeNode } from "graphql";
import type { Profile } from "../config/config.js";
import { callerLimits } from "../shared/caller-limits.js";
import { quoting, type Quoted } from "../shared/quote.js";
import { Bindings, clock, createScope, type Scope } from "../shared/scope.js";
import { requestedStore } from "../shared/store.js";
import type { Client } from "../upstream/client.js";
import type { Admitted } from "./admit.js";
import { OperationMeter } from "./meter.js";
import type { Observation } from "./observation.js";
import type { Plan } from "./plan/plan.js";
import type { Prepared } from "./prepare.js";
import { isTrusted, type Counted, type RateLimits } from "./rate-limits.js";
import type { RequestFacts } from "./request.js";

export interface BeginOptions {
  readonly client: Client;
  readonly bindings: Bindings;
  readonly rateLimits: RateLimits;
  /** In the profile `open` every client may see what an operation costs, and not only the operator's own servers. */
  readonly profile: Profile;
}

interface Parts {
  readonly prepared: Prepared;
  readonly admitted: Admitted;
  readonly planned: Plan;
  readonly request: RequestFacts;
}

export interface Running extends Pick<Admitted, "defaultStore"> {
  readonly scope: Scope;
  readonly meter: OperationMeter;
  /** Where the client wants to see it, and may. */
  readonly shownPlan: Plan | undefined;
}

export function begin({ prepared, admitted, planned, request }: Parts, options: BeginOptions, { trace }: Observation): Running {
  const { client, bindings, rateLimits, profile } = options;
  const { caller, store, defaultStore } = admitted;
  const { user, operator, gateway } = caller;
  const counted: Counted = { user, operator, gateway, address: request.address };
  const detailed = (profile === "open" || isTrusted(caller)) && request.header("x-7d-show-upstream") === "true";
  const meter = new OperationMeter({
    mostCalls: request.limits.upstreamCalls,
    // A purchase runs to its end, even if the client has gone.
    timeoutMs: planned.spendsMoney ? undefined : request.limits.operationMs,
    mayAsk: () => rateLimits.takeCall(counted, client.quota()?.limit),
    detailed,
    trace,
  });
  const { operation } = prepared.operation;
  // What a mutation has begun is seen through.
  if (operation !== OperationTypeNode.MUTATION) request.whenGone(() => meter.abandon());
  if (operation !== OperationTypeNode.QUERY) meter.goodUntil(0);
  const ofCaller = {
    takePurchase: () => rateLimits.takePurchase(counted),
    takeVoucher: () => rateLimits.takeVoucher(counted),
    takePassword: rateLimits.takePassword,
  };
  const scope = createScope({
    caller,
    store,
    onUserAsked() {
      meter.goodUntil(0);
    },
    client: client.forOperation(meter),
    bindings: new Bindings(bindings)
      .bind(callerLimits, ofCaller)
      .bind(requestedStore, defaultStore === undefined ? store : undefined)
      .bind(
        clock,
        eachTime(meter, () => bindings.get(clock)()),
      )
      .bind(quoting, {
        read: (quote) => bindings.get(quoting).read(quote),
        make: eachTime(meter, (quoted: Quoted) => bindings.get(quoting).make(quoted)),
      }),
  });
  return { scope, meter, shownPlan: detailed ? planned : undefined, defaultStore };
}

/** A function whose results differ each time: no cache may store a response that has one. */
function eachTime<A extends readonly unknown[], R>(meter: OperationMeter, make: (...args: A) => R): (...args: A) => R {
  return (...args) => {
    meter.goodUntil(0);
    return make(...args);
  };
}
