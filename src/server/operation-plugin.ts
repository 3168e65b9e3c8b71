/** Gives every operation its own context, in the store that it, its request or the server names, and its errors their final form. */
import { getOperationAST, getVariableValues, GraphQLError, type ExecutionArgs, type ExecutionResult, type ValidationRule } from "graphql";
import type { Plugin } from "graphql-yoga";
import type { Store } from "../upstream/session.js";
import { createGraphContext, type Caller, type GraphContext } from "../graph/context.js";
import { onceEach, withoutLiteral } from "../graph/errors.js";
import { onePurchase } from "../graph/one-purchase.js";
import { inContext } from "../graph/schema.js";
import type { Services } from "../graph/services.js";
import { storeOfHeaders, storeOfOperation } from "../graph/store.js";
import type { ReadCaller } from "./credentials.js";

interface OperationOptions {
  readonly services: Services;
  readonly readCaller: ReadCaller;
  /** Store of operations that name none. */
  readonly defaultStore: Store;
}

interface RequestContext {
  readonly request: Request;
}

export function operationPlugin({ services, readCaller, defaultStore }: OperationOptions): Plugin<GraphContext> {
  return {
    onValidate({ addValidationRule }) {
      addValidationRule(operationTypeExists);
      addValidationRule(onePurchase);
      return ({ valid, result, setResult }) => {
        if (!valid) setResult((result as readonly GraphQLError[]).map(withoutLiteral));
      };
    },

    onExecute({ args, extendContext, setResultAndStopExecution }) {
      const header = (name: string): string | null => (args.contextValue as RequestContext).request.headers.get(name);
      const begin = (caller: Caller): void => {
        extendContext(createGraphContext(services, caller, storeNamedBy(args) ?? storeOfHeaders(header) ?? defaultStore));
      };
      const refuse = (error: unknown): void => {
        if (!(error instanceof GraphQLError)) throw error;
        setResultAndStopExecution({ errors: [asRequestError(error)] });
      };
      const finish: Awaited<ReturnType<NonNullable<Plugin["onExecute"]>>> = {
        onExecuteDone({ result, setResult }) {
          const { errors, ...rest } = result as ExecutionResult;
          if (errors !== undefined) setResult({ ...rest, errors: onceEach(errors) });
        },
      };
      try {
        const caller = readCaller(header);
        if (caller instanceof Promise) return caller.then(begin).then(() => finish, refuse);
        begin(caller);
      } catch (error) {
        refuse(error);
        return undefined;
      }
      return finish;
    },
  };
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
  return new GraphQLError(error.message, { extensions: { http: { status: 400 }, ...error.extensions } });
}

/** The store that the operation's own directive names. */
function storeNamedBy({ schema, document, operationName, variableValues }: ExecutionArgs): Store | undefined {
  const operation = getOperationAST(document, operationName);
  if (!operation?.directives?.length) return undefined;
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variableValues ?? {});
  // Variables that can not be coerced are reported where the operation is executed.
  return coerced === undefined ? undefined : storeOfOperation(inContext, operation, coerced);
}
