/** Gives every operation its own context, in the store that it, its request or the server names; refuses what may cost too much before
 *  anything runs; and gives results their final form. */
import type { Context } from "@opentelemetry/api";
import {
  getOperationAST,
  getVariableValues,
  GraphQLError,
  OperationTypeNode,
  type ExecutionArgs,
  type ExecutionResult,
  type OperationDefinitionNode,
  type ValidationRule,
} from "graphql";
import type { Plugin } from "graphql-yoga";
import type { Config } from "../config.js";
import type { Store } from "../upstream/session.js";
import { createGraphContext, type Caller, type GraphContext } from "../graph/context.js";
import { at } from "../graph/error-bounds.js";
import { presentError, withoutLiteral } from "../graph/errors.js";
import { onePurchase } from "../graph/one-purchase.js";
import { OperationMeter } from "../graph/operation-meter.js";
import { inContext } from "../graph/schema.js";
import type { Services } from "../graph/services.js";
import { storeOfHeaders, storeOfOperation } from "../graph/store.js";
import { createPlanner } from "./planning.js";
import type { Rates } from "./rates.js";
import { refusedIfNothing } from "./refusal.js";
import type { ServerContext } from "./server-context.js";
import { toldBeside } from "./told-beside.js";

interface OperationOptions extends Pick<Config, "limits" | "profile" | "defaultStore"> {
  readonly services: Services;
  readonly rates: Rates;
}

/** What the server gives before an operation has its own context. */
interface RequestContext extends ServerContext {
  readonly request: Request;
  /** Of who traces operations. */
  readonly trace?: Context;
}

type Finish = Exclude<ReturnType<NonNullable<Plugin["onExecute"]>>, Promise<unknown>>;

export function operationPlugin(options: OperationOptions): Plugin<GraphContext & RequestContext> {
  const begin = beginning(options);
  return {
    onValidate({ addValidationRule }) {
      addValidationRule(operationTypeExists);
      addValidationRule(onePurchase);
      return ({ valid, result, setResult }) => {
        if (!valid) setResult((result as readonly GraphQLError[]).map(withoutLiteral));
      };
    },

    onExecute({ args, extendContext, setResultAndStopExecution }) {
      const request: RequestContext = args.contextValue;
      try {
        if (request.caller instanceof GraphQLError) throw request.caller;
        const { context, finish } = begin(args, request, request.caller);
        request.executed();
        extendContext(context);
        return finish;
      } catch (error) {
        if (!(error instanceof GraphQLError)) throw error;
        setResultAndStopExecution({ errors: [asRequestError(error)] });
        return undefined;
      }
    },
  };
}

/** From a valid document and its caller to what it runs in. @throws GraphQLError why it does not run. */
function beginning({ services, rates, limits, profile, defaultStore }: OperationOptions) {
  const planned = createPlanner(services.pageSizes, limits.upstreamCalls);

  return (args: ExecutionArgs, request: RequestContext, caller: Caller): { context: GraphContext; finish: Finish } => {
    const header = (name: string): string | null => request.request.headers.get(name);
    const counted = { ...caller, address: request.address };
    const operation = operationOf(args);
    const named = operation && (storeNamedBy(operation) ?? storeOfHeaders(header));
    const plan =
      operation && planned({ ...operation, schema: args.schema, store: named ?? defaultStore, definitions: args.document.definitions });
    const shows = (profile === "open" || caller.operator || caller.gateway) && header("x-7d-show-upstream") === "true";
    const meter = new OperationMeter({
      mostCalls: limits.upstreamCalls,
      timeoutMs: plan?.spendsMoney ? undefined : limits.operationMs,
      mayAsk() {
        if (rates.callsLeft(counted, services.client.quota()?.limit) === 0) return false;
        rates.spendCalls(counted, 1);
        return true;
      },
      detailed: shows,
      trace: request.trace,
    });
    if (operation?.operation.operation === OperationTypeNode.QUERY) {
      request.whenGone(() => {
        meter.abandon();
      });
    }
    const allowed = { takePurchase: () => rates.takePurchase(counted), takeVoucher: () => rates.takeVoucher(counted) };
    const told = { meter, plan: shows ? plan : undefined, assumed: named === undefined ? defaultStore : undefined };
    return {
      context: createGraphContext(services, { caller, store: named ?? defaultStore, meter, allowed }),
      finish: {
        onExecuteDone({ result, setResult }) {
          meter.close();
          setResult(toldBeside(refusedIfNothing(result as ExecutionResult), told));
        },
      },
    };
  };
}

interface Operation {
  readonly operation: OperationDefinitionNode;
  /** Coerced. */
  readonly variables: Record<string, unknown>;
}

/** @throws GraphQLError BAD_USER_INPUT for the first variable that does not fit: every mistake costs as much as all that was sent. */
function operationOf({ schema, document, operationName, variableValues }: ExecutionArgs): Operation | undefined {
  const operation = getOperationAST(document, operationName);
  if (!operation) return undefined;
  const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], variableValues ?? {}, { maxErrors: 1 });
  if (coerced === undefined) throw presentError(errors[0], () => undefined);
  return { operation, variables: coerced };
}

/** What graphql-js finds out only when it executes. @see GraphQL specification, "Operation Type Existence" */
const operationTypeExists: ValidationRule = (context) => ({
  OperationDefinition(node) {
    if (context.getSchema().getRootType(node.operation)) return;
    context.reportError(new GraphQLError(`There is no ${node.operation} to ask for.`, { nodes: node }));
  },
});

/** Without data the answer's HTTP status tells it too. */
function asRequestError(error: GraphQLError): GraphQLError {
  return new GraphQLError(error.message, { ...at(error), extensions: { http: { status: 400 }, ...error.extensions } });
}

/** The store that the operation's own directive names. */
function storeNamedBy({ operation, variables }: Operation): Store | undefined {
  return operation.directives?.length ? storeOfOperation(inContext, operation, variables) : undefined;
}
