/** Whether the parameters of a request are those that GraphQL over HTTP names, and of their types. */
import { requestError } from "./errors.js";
import type { OperationParameters } from "./request.js";

const names: ReadonlySet<string> = new Set(["query", "operationName", "variables", "extensions", "documentId"]);
const unknownParameter = "The request has an unknown parameter. Send `query`, `operationName`, `variables`, `extensions` or `documentId`.";

/** @throws GraphQLError BAD_REQUEST */
export function checkedParameters(parameters: OperationParameters) {
  for (const [name, value] of Object.entries(parameters)) {
    if (!isAbsent(value) && !names.has(name)) throw requestError("BAD_REQUEST", unknownParameter);
  }
  const { query, operationName, variables, extensions } = parameters;
  if (!isAbsent(query) && typeof query !== "string") throw requestError("BAD_REQUEST", "Send `query` as a string.");
  if (!isAbsent(operationName) && typeof operationName !== "string")
    throw requestError("OPERATION_RESOLUTION_FAILURE", "Send `operationName` as a string.");
  if (!isAbsent(variables) && !isObject(variables)) throw requestError("BAD_REQUEST", "Send `variables` as an object.");
  if (!isAbsent(extensions) && !isObject(extensions)) throw requestError("BAD_REQUEST", "Send `extensions` as an object.");
  return { query: query ?? undefined, operationName: operationName ?? undefined, variables: variables ?? {} };
}

function isAbsent(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
