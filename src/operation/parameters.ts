/** Whether the parameters of a request are those that GraphQL over HTTP names, and of their types. */
import { requestError } from "./errors.js";
import type { OperationParameters } from "./request.js";

const names: ReadonlySet<string> = new Set(["query", "operationName", "variables", "extensions", "documentId"]);

export interface CheckedParameters {
  readonly query: string | undefined;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** @throws GraphQLError BAD_REQUEST */
export function checkedParameters(parameters: OperationParameters): CheckedParameters {
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined && value !== null) known(name);
  const { query, operationName, variables, extensions } = parameters;
  if (!isAbsent(query) && typeof query !== "string") throw badRequest("Send `query` as a string.");
  if (!isAbsent(operationName) && typeof operationName !== "string")
    throw requestError("OPERATION_RESOLUTION_FAILURE", "Send `operationName` as a string.");
  if (!isAbsent(variables) && !isObject(variables)) throw badRequest("Send `variables` as an object.");
  if (!isAbsent(extensions) && !isObject(extensions)) throw badRequest("Send `extensions` as an object.");
  return { query: query ?? undefined, operationName: operationName ?? undefined, variables: variables ?? {} };
}

function known(name: string): void {
  if (names.has(name)) return;
  throw badRequest("The request has an unknown parameter. Send `query`, `operationName`, `variables`, `extensions` or `documentId`.");
}

function badRequest(message: string) {
  return requestError("BAD_REQUEST", message);
}

function isAbsent(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
