/** Plans operations before they run, each once for all that its plan depends on, and rejects those that may cost too much. */
import { Kind, type DocumentNode, type FragmentDefinitionNode, type GraphQLSchema, type OperationDefinitionNode } from "graphql";
import { LRUCache } from "lru-cache";
import type { Store } from "../../upstream/session.js";
import { requestError } from "../errors.js";
import type { Prepared } from "../prepare.js";
import { planOperation, type Plan, type PlannedOperation } from "./plan.js";

export interface PlanOptions {
  /** Calls to 7digital of one operation. */
  readonly mostCalls: number;
  readonly pageSizes: PlannedOperation["pageSizes"];
}

const mostPlans = 50;

/** The plans of one operation. */
class Plans {
  /** Names of the variables that any of its plans has read. */
  private readonly names = new Set<string>();
  private readonly plans = new LRUCache<string, Plan>({ max: mostPlans });

  get({ variables, circumstances }: Asked, make: (variables: Record<string, unknown>) => Plan): Plan {
    const known = this.plans.get(this.keyOf(variables, circumstances));
    if (known !== undefined) return known;
    const plan = make(recorded(variables, this.names));
    // It may have read more of them than any plan before.
    this.plans.set(this.keyOf(variables, circumstances), plan);
    return plan;
  }

  private keyOf(variables: Record<string, unknown>, circumstances: readonly unknown[]): string {
    return JSON.stringify([circumstances, [...this.names].map((name) => (name in variables ? [name, variables[name]] : [name]))]);
  }
}

interface Asked {
  readonly variables: Record<string, unknown>;
  /** What a plan depends on beside its operation and variables. */
  readonly circumstances: readonly unknown[];
}

/** The same variables. Names that are read are added to the set. */
function recorded(variables: Record<string, unknown>, names: Set<string>): Record<string, unknown> {
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

/** @returns throws GraphQLError TOO_MANY_UPSTREAM_CALLS, or ClientError BAD_USER_INPUT for a page that no list gives. */
export function createPlans(schema: GraphQLSchema, { pageSizes, mostCalls }: PlanOptions): (prepared: Prepared, store: Store) => Plan {
  const byOperation = new WeakMap<OperationDefinitionNode, Plans>();

  return ({ document, operation, variables }, store) => {
    const plans = byOperation.get(operation) ?? new Plans();
    byOperation.set(operation, plans);
    const circumstances = [store, pageSizes.catalogue.value, pageSizes.locker.value];
    const plan = plans.get({ variables, circumstances }, (readVariables) =>
      planOperation({ schema, operation, fragments: fragmentsIn(document), variables: readVariables, store, pageSizes }),
    );
    if (plan.calls > mostCalls) throw tooMany(plan, mostCalls);
    return plan;
  };
}

function fragmentsIn({ definitions }: DocumentNode): Record<string, FragmentDefinitionNode> {
  const fragments = definitions.filter((one): one is FragmentDefinitionNode => one.kind === Kind.FRAGMENT_DEFINITION);
  return Object.fromEntries(fragments.map((fragment) => [fragment.name.value, fragment]));
}

function tooMany({ calls, byMethod }: Plan, most: number) {
  const [dearest] = [...byMethod].sort(([, one], [, other]) => other - one);
  const where = dearest === undefined ? "" : `, ${String(dearest[1])} of them of ${dearest[0]}`;
  const message =
    `This operation may cost ${String(calls)} calls to 7digital${where}, and at most ${String(most)} are allowed. Ask for fewer items ` +
    "(`first`), or in several operations. Fields without @upstream cost nothing.";
  return requestError("TOO_MANY_UPSTREAM_CALLS", message, { status: 400 }, { estimated: calls, limit: most });
}
