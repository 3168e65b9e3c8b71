/** Which results are no answers but refusals, for a reason that HTTP has a status for. GraphQL over HTTP: without `data` the status is 4xx
 *  or 5xx, with it 2xx, be it but a part of what was asked. */
import { GraphQLError, type ExecutionResult } from "graphql";
import { at } from "../graph/error-bounds.js";
import { presentError } from "../graph/errors.js";

const badRequest = { status: 400 };
/** Those who wait now have their answers, or have given up, within a second. */
const overloaded = { status: 503, headers: { "Retry-After": "1" } };

/** A result of which nothing came is a bad request where it is all complaints about what was asked; where too much is asked at once, there
 *  is no answer now. A null that is the answer is something.
 *  @param result With all of its errors, as they were thrown. */
export function refusedIfNothing(result: ExecutionResult): ExecutionResult {
  const { data, errors = [] } = result;
  if (data === undefined || errors.length === 0) return result;
  const failed = new Set(errors.map(({ path }) => path?.[0]));
  if (!Object.entries(data ?? {}).every(([name, value]) => value === null && failed.has(name))) return result;
  const codes = new Set(errors.map((error) => presentError(error, () => undefined).extensions["code"]));
  if (codes.size > 1) return result;
  if (codes.has("OVERLOADED")) return refusedWith(overloaded, result);
  return codes.has("BAD_USER_INPUT") && errors.every(({ path }) => path?.length === 1) ? refusedWith(badRequest, result) : result;
}

function refusedWith(http: object, { errors = [], extensions: beside }: ExecutionResult): ExecutionResult {
  const refused = errors.map((error) => {
    const { message, originalError = null, extensions } = error;
    return new GraphQLError(message, { ...at(error), originalError, extensions: { ...extensions, http } });
  });
  return { errors: refused, ...(beside && { extensions: beside }) };
}
