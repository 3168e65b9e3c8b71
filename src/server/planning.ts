/** Plans operations before they run, and refuses those that may cost too much. */
import { GraphQLError, Kind, type FragmentDefinitionNode, type OperationDefinitionNode } from "graphql";
import { planOperation, type Plan, type PlannedOperation } from "../graph/plan.js";

type Planned = Pick<PlannedOperation, "schema" | "operation" | "variables" | "store"> & {
  readonly definitions: readonly { readonly kind: Kind }[];
};

/** Of an operation without variables, which costs the same whenever it is sent. */
interface Remembered {
  readonly plan: Plan;
  readonly store: string;
  readonly catalogue: number;
  readonly locker: number;
}

/** @param most Calls to 7digital of one operation.
 *  @returns The plan. It throws GraphQLError TOO_MANY_UPSTREAM_CALLS, or BAD_USER_INPUT for a page that no list gives. */
export function createPlanner(pageSizes: PlannedOperation["pageSizes"], most: number): (planned: Planned) => Plan {
  const remembered = new WeakMap<OperationDefinitionNode, Remembered>();

  function planOf({ definitions, ...planned }: Planned): Plan {
    const { operation } = planned;
    const known = remembered.get(operation);
    const store = JSON.stringify(planned.store);
    const catalogue = pageSizes.catalogue.value;
    const locker = pageSizes.locker.value;
    if (known?.catalogue === catalogue && known.locker === locker && known.store === store) return known.plan;
    const plan = planOperation({ ...planned, fragments: fragmentsIn(definitions), pageSizes });
    if (!operation.variableDefinitions?.length) remembered.set(operation, { plan, store, catalogue, locker });
    return plan;
  }

  return (planned) => {
    const plan = planOf(planned);
    if (plan.calls > most) throw tooMany(plan, most);
    return plan;
  };
}

function fragmentsIn(definitions: Planned["definitions"]): Record<string, FragmentDefinitionNode> {
  const fragments = definitions.filter((one): one is FragmentDefinitionNode => one.kind === Kind.FRAGMENT_DEFINITION);
  return Object.fromEntries(fragments.map((fragment) => [fragment.name.value, fragment]));
}

function tooMany({ calls, byMethod }: Plan, most: number): GraphQLError {
  const [dearest] = [...byMethod].sort(([, one], [, other]) => other - one);
  const where = dearest === undefined ? "" : `, ${String(dearest[1])} of them of ${dearest[0]}`;
  return new GraphQLError(
    `This operation may cost ${String(calls)} calls to 7digital${where}, and at most ${String(most)} are allowed. Ask for fewer items ` +
      "(`first`), or in several operations. Fields without @upstream cost nothing.",
    { extensions: { code: "TOO_MANY_UPSTREAM_CALLS", estimated: calls, limit: most, http: { status: 400 } } },
  );
}
