/** Gives every operation its own context, in the store that it, its request or the server names, and its errors their final form. */
import { getOperationAST, getVariableValues, GraphQLError, type ExecutionArgs, type ExecutionResult, type ValidationRule } from "graphql";
import type { Plugin } from "graphql-yoga";
import type { Client } from "../upstream/client.js";
import type { Store } from "../upstream/session.js";
import type { PageSizeLimit } from "../shared/window-read.js";
import { createGraphContext, type GraphContext } from "../graph/context.js";
import { onceEach, withoutLiteral } from "../graph/errors.js";
import { inContext } from "../graph/schema.js";
import { storeOfHeaders, storeOfOperation } from "../graph/store.js";

interface OperationOptions {
  readonly client: Client;
  readonly limit: PageSizeLimit;
  /** Store of operations that name none. */
  readonly defaultStore: Store;
}

interface RequestContext {
  readonly request: Request;
}

export function operationPlugin({ client, limit, defaultStore }: OperationOptions): Plugin<GraphContext> {
  return {
    onValidate({ addValidationRule }) {
      addValidationRule(operationTypeExists);
      return ({ valid, result, setResult }) => {
        if (!valid) setResult((result as readonly GraphQLError[]).map(withoutLiteral));
      };
    },

    onExecute({ args, extendContext, setResultAndStopExecution }) {
      const { request } = args.contextValue as RequestContext;
      let store: Store;
      try {
        store = storeNamedBy(args) ?? storeOfHeaders((name) => request.headers.get(name)) ?? defaultStore;
      } catch (error) {
        if (!(error instanceof GraphQLError)) throw error;
        setResultAndStopExecution({ errors: [asRequestError(error)] });
        return undefined;
      }
      extendContext(createGraphContext(client, limit, store));
      return {
        onExecuteDone({ result, setResult }) {
          const { errors, ...rest } = result as ExecutionResult;
          if (errors !== undefined) setResult({ ...rest, errors: onceEach(errors) });
        },
      };
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
  return new GraphQLError(error.message, { extensions: { ...error.extensions, http: { status: 400 } } });
}

/** The store that the operation's own directive names. */
function storeNamedBy({ schema, document, operationName, variableValues }: ExecutionArgs): Store | undefined {
  const operation = getOperationAST(document, operationName);
  if (!operation?.directives?.length) return undefined;
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variableValues ?? {});
  // Variables that can not be coerced are reported where the operation is executed.
  return coerced === undefined ? undefined : storeOfOperation(inContext, operation, coerced);
}
