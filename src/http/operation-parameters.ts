/** Reads the parameters of usual requests without Yoga, which wraps every request in objects that take longer than a small query.
 *  @see GraphQL over HTTP, "Request" */
import type { IncomingMessage } from "node:http";
import type { OperationParameters } from "../operation/request.js";
import { jsonObject } from "./json-object.js";
import { queryOf } from "./request-path.js";

/** @param text Of the body of a POST. @returns Undefined for what Yoga has to read, and may reject. */
export function parametersOf(
  { method, url = "" }: Pick<IncomingMessage, "method" | "url">,
  text: string | undefined,
): OperationParameters | undefined {
  if (text !== undefined) return method === "POST" ? jsonObject(text) : undefined;
  // A fragment, which no client should send, is not part of the parameters.
  return method === "GET" && !url.includes("#") ? persistedIn(queryOf({ url })) : undefined;
}

/** Of a GET that names its operation by a hash. */
function persistedIn(search: URLSearchParams): OperationParameters | undefined {
  const given = (name: string) => search.get(name) || undefined;
  const [variables, extensions] = [given("variables"), given("extensions")];
  const parsed = { variables: variables && jsonObject(variables), extensions: extensions && jsonObject(extensions) };
  if (search.has("query") || (variables && !parsed.variables) || (extensions && !parsed.extensions)) return undefined;
  return { ...parsed, operationName: given("operationName"), documentId: search.get("documentId") };
}
