/** Gives every operation its own context, in the store that it, its request or the server names, and its errors their final form. */
import { getOperationAST, GraphQLError, type ExecutionResult } from "graphql";
import type { Plugin } from "graphql-yoga";
import type { Client } from "../upstream/client.js";
import type { Store } from "../upstream/session.js";
import type { PageSizeLimit } from "../shared/window-read.js";
import { createGraphContext, type GraphContext } from "../graph/context.js";
import { onceEach } from "../graph/errors.js";
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
  function storeOf(args: { document: Parameters<typeof getOperationAST>[0]; operationName?: string | null; variableValues?: unknown }, request: Request): Store {
    const operation = getOperationAST(args.document, args.operationName);
    const variables = (args.variableValues ?? {}) as Readonly<Record<string, unknown>>;
    const named = operation?.directives?.length ? storeOfOperation(inContext, operation, variables) : undefined;
    return named ?? storeOfHeaders((name) => request.headers.get(name)) ?? defaultStore;
  }

  return {
    onExecute({ args, extendContext, setResultAndStopExecution }) {
      let store: Store;
      try {
        store = storeOf(args, (args.contextValue as RequestContext).request);
      } catch (error) {
        if (!(error instanceof GraphQLError)) throw error;
        setResultAndStopExecution({ errors: [error] });
        return undefined;
      }
      extendContext(createGraphContext(client, limit, store));
      return {
        onExecuteDone({ result, setResult }) {
          const { errors, ...rest } = result as ExecutionResult;
          if (errors !== undefined) setResult({ ...rest, errors: onceEach(errors, store) });
        },
      };
    },
  };
}
