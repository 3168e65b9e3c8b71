/** Which results are rejections, for a reason that HTTP has a status for. GraphQL over HTTP: without `data` the status is 4xx or 5xx, with it
 *  2xx, be it only a part of what was asked. */
import type { ExecutionResult, GraphQLError } from "graphql";
import { replaceError, type HttpPart } from "./errors.js";

/** Those who wait now have their answers, or have given up, within a second. */
const overloaded: HttpPart = { status: 503, headers: { "Retry-After": "1" } };

interface Result {
  readonly data?: ExecutionResult["data"];
  readonly errors: readonly GraphQLError[];
}

/** A result without any value whose errors are all `OVERLOADED` is HTTP 503 without data. Every other executed operation keeps its data: an
 *  input error is an error of its field, and clients that see no `data`, or a status other than 2xx, discard the result.
 *  @param result With all of its errors, presented. */
export function rejectedIfNothing(result: Result): Result {
  const { data, errors } = result;
  if (data === undefined || errors.length === 0) return result;
  const failed = new Set(errors.map(({ path }) => path?.[0]));
  if (!Object.entries(data ?? {}).every(([name, value]) => value === null && failed.has(name))) return result;
  return errors.every(({ extensions }) => extensions["code"] === "OVERLOADED") ? rejected(overloaded, errors) : result;
}

function rejected(http: HttpPart, errors: readonly GraphQLError[]): Result {
  return { errors: errors.map((error) => replaceError(error, error.message, { extensions: { ...error.extensions, http } })) };
}
