/** Which results are rejections, for a reason that HTTP has a status for. GraphQL over HTTP: without `data` the status is 4xx or 5xx, with it
 *  2xx, be it only a part of what was asked. */
import type { ExecutionResult, GraphQLError } from "graphql";
import { badRequest, replaceError, type HttpPart } from "./errors.js";

/** Those who wait now have their answers, or have given up, within a second. */
const overloaded: HttpPart = { status: 503, headers: { "Retry-After": "1" } };

interface Result {
  readonly data?: ExecutionResult["data"];
  readonly errors: readonly GraphQLError[];
}

/** A result that holds nothing is a bad request where all its errors are about what was asked; where too much is asked at once, there is no
 *  answer now. A null that is the answer is something.
 *  @param result With all of its errors, presented. */
export function rejectedIfNothing(result: Result): Result {
  const { data, errors } = result;
  if (data === undefined || errors.length === 0) return result;
  const failed = new Set(errors.map(({ path }) => path?.[0]));
  if (!Object.entries(data ?? {}).every(([name, value]) => value === null && failed.has(name))) return result;
  const codes = new Set(errors.map(({ extensions }) => extensions["code"]));
  if (codes.size > 1) return result;
  if (codes.has("OVERLOADED")) return rejected(overloaded, errors);
  return codes.has("BAD_USER_INPUT") && errors.every(({ path }) => path?.length === 1) ? rejected(badRequest, errors) : result;
}

function rejected(http: HttpPart, errors: readonly GraphQLError[]): Result {
  return { errors: errors.map((error) => replaceError(error, error.message, { extensions: { ...error.extensions, http } })) };
}
