/** Runs operations for libraries that take an executor, such as those of @graphql-tools. */
import { print, type ExecutionResult } from "graphql";
import { memoizePerObject } from "../shared/memoize-per-object.js";
import type { GraphExecutor, GraphOperation, GraphRequest } from "./graph-request.js";
import type { LocalRun } from "./local-run.js";

const printed = memoizePerObject(print);

export function createExecutor(run: LocalRun, requestOf: (context: unknown) => GraphRequest): GraphExecutor {
  return <T>({ document, variables, operationName, context, signal }: GraphOperation) => {
    const request = requestOf(context);
    const parameters = { query: printed(document), variables, operationName };
    return run(parameters, { ...request, signal: signal ?? request.signal }) as Promise<ExecutionResult<T>>;
  };
}
