/** Plans operations before they run, each once for all that its plan depends on, and rejects those that may cost too much. */
import type { GraphQLSchema, OperationDefinitionNode } from "graphql";
import type { Limits } from "../../config/config.js";
import type { ItemPages } from "../../shared/item-pages.js";
import { memoizePerObject } from "../../shared/memoize-per-object.js";
import { shopIdOf } from "../../shared/store.js";
import type { Store } from "../../upstream/session.js";
import { requestError } from "../errors.js";
import { fragmentsIn } from "../fragments.js";
import type { Prepared } from "../prepare.js";
import { idPatternOf, numbersIn } from "./id-pattern.js";
import { createPlanner, type Plan, type PlannedOperation } from "./plan.js";

export interface PlanOptions {
  readonly pageSizes: PlannedOperation["pageSizes"];
  readonly seenPages: ItemPages;
  readonly batchSize?: number;
}

/** @returns throws GraphQLError TOO_MANY_UPSTREAM_CALLS, or ClientError BAD_USER_INPUT for a page that no list gives. */
type PlanPrepared = (
  prepared: Pick<Prepared, "document" | "operation" | "variables">,
  store: Store,
  limits: Pick<Limits, "upstreamCalls">,
) => Plan;

export function createPlans(schema: GraphQLSchema, { pageSizes, seenPages, batchSize = 0 }: PlanOptions): PlanPrepared {
  const planOperation = createPlanner(schema);
  const plansOf = memoizePerObject<OperationDefinitionNode, Plans>(() => new Plans());

  return ({ document, operation, variables }, store, limits) => {
    const circumstances = [store, pageSizes.catalogue.value, pageSizes.locker.value];
    const numbers = numbersIn(document);
    const shopId = shopIdOf(store);
    const besides = { circumstances, seenPages, numbers: shopId === null ? numbers : [...numbers, shopId] };
    const plan = plansOf(operation).get(variables, besides, (readVariables, pageOf) =>
      planOperation({ operation, fragments: fragmentsIn(document), variables: readVariables, store, pageSizes, pageOf, batchSize }),
    );
    if (plan.calls > limits.upstreamCalls && !plan.partial) throw tooMany(plan, limits.upstreamCalls);
    return plan;
  };
}

const mostPlans = 50;

type Variables = PlannedOperation["variables"];

/** What a plan depends on besides its operation and variables. */
interface Circumstances {
  readonly circumstances: readonly unknown[];
  readonly seenPages: ItemPages;
  /** With which those in variables may be compared. */
  readonly numbers: readonly string[];
}

/** The plans of one operation. */
class Plans {
  /** Names of the variables that any of its plans has read. */
  private readonly names = new Set<string>();
  /** Whether any of its plans depends on where an item of a list was seen. */
  private readsPages = false;
  private readonly plans = new Map<string, Plan>();

  get(variables: Variables, besides: Circumstances, make: (variables: Variables, pageOf: ItemPages["pageOf"]) => Plan): Plan {
    const known = this.plans.get(this.keyOf(variables, besides));
    if (known !== undefined) return known;
    const plan = make(recorded(variables, this.names), (item) => {
      this.readsPages = true;
      return besides.seenPages.pageOf(item);
    });
    if (this.plans.size === mostPlans) this.plans.clear();
    // It may have read more of them than any plan before.
    this.plans.set(this.keyOf(variables, besides), plan);
    return plan;
  }

  private keyOf(variables: Variables, { circumstances, seenPages, numbers }: Circumstances): string {
    const read = [...this.names].map((name) => (name in variables ? [name, variables[name]] : [name]));
    // Where an item was seen is known of each ID.
    const values = this.readsPages ? JSON.stringify([seenPages.version, read]) : idPatternOf(read, numbers);
    return `${JSON.stringify(circumstances)} ${values}`;
  }
}

/** The same variables. Names that are read are added to the set. */
function recorded(variables: Variables, names: Set<string>): Variables {
  const record = (name: string | symbol): void => {
    if (typeof name === "string") names.add(name);
  };
  return new Proxy(variables, {
    get(target, name) {
      record(name);
      return Reflect.get(target, name) as unknown;
    },
    getOwnPropertyDescriptor(target, name) {
      record(name);
      return Reflect.getOwnPropertyDescriptor(target, name);
    },
  });
}

function tooMany({ calls, byMethod }: Plan, most: number) {
  const [dearest] = [...byMethod].sort(([, one], [, other]) => other - one);
  const where = dearest === undefined ? "" : `, ${String(dearest[1])} of them of ${dearest[0]}`;
  const message =
    `This operation may cost ${String(calls)} calls to 7digital${where}, and at most ${String(most)} are allowed. Ask for fewer items ` +
    "(`first`), or in several operations. Fields without @upstream cost nothing.";
  return requestError("TOO_MANY_UPSTREAM_CALLS", message, { extensions: { estimated: calls, limit: most } });
}
