/** `7digital-graphql explain`: which calls to 7digital an operation may cost, without running it. */
import { getOperationAST, getVariableValues, Kind, parse, validate, type DocumentNode, type FragmentDefinitionNode } from "graphql";
import { createPlanner, type Plan } from "../../operation/plan/plan.js";
import type { Store } from "../../upstream/session.js";
import { schema } from "../schema.js";

interface ExplainOptions {
  /** Needed where the document has several operations. */
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly store: Store;
  /** Most details of one call. */
  readonly batchSize: number;
  /** Largest page that 7digital gives. */
  readonly pageSize: number;
}

/** @throws Error that says what is wrong with the document or its variables */
export function explained(text: string, options: ExplainOptions): string {
  const document = parse(text);
  const mistakes = validate(schema, document);
  if (mistakes.length > 0) throw new Error(mistakes.map(({ message }) => message).join("\n"));
  const operation = getOperationAST(document, options.operationName);
  if (!operation) throw new Error("The document has no such operation, or several: name one with --operation.");
  const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], options.variables);
  if (coerced === undefined) throw new Error(errors.map(({ message }) => message).join("\n"));
  const { store, batchSize, pageSize } = options;
  const pageSizes = { catalogue: { value: pageSize }, locker: { value: pageSize } };
  const fragments = fragmentsIn(document);
  const plan = createPlanner(schema)({ operation, fragments, variables: coerced, store, pageSizes, pageOf: () => undefined, batchSize });
  return described(`${operation.operation} ${operation.name?.value ?? "(without a name)"}`, plan);
}

function fragmentsIn({ definitions }: DocumentNode): Record<string, FragmentDefinitionNode> {
  const fragments = definitions.filter((one): one is FragmentDefinitionNode => one.kind === Kind.FRAGMENT_DEFINITION);
  return Object.fromEntries(fragments.map((fragment) => [fragment.name.value, fragment]));
}

/** The dearest method first. */
function described(name: string, { calls, byMethod, spendsMoney }: Plan): string {
  const rows = [...byMethod].sort(([, one], [, other]) => other - one);
  const width = Math.max(0, ...rows.map(([method]) => method.length));
  const digits = String(calls).length;
  const most = calls === 0 ? "no call" : `at most ${String(calls)} ${calls === 1 ? "call" : "calls"}`;
  return [
    `${name}: ${most} to 7digital, with nothing cached`,
    ...rows.map(([method, count]) => `  ${method.padEnd(width)}  ${String(count).padStart(digits)}`),
    ...(spendsMoney ? ["It can spend money: a purchase needs an idempotency key."] : []),
    "",
  ].join("\n");
}
