/** The result of a mutation, or why there is none. */
import { callerLimits } from "../shared/caller-limits.js";
import type { Scope } from "../shared/scope.js";
import { asInputError, asUserError, operationError, type UserErrorFacts } from "../shared/user-error.js";

export interface Outcome<T> {
  readonly value: T | null;
  readonly userErrors: readonly UserErrorFacts[];
}

export function succeeded<T>(value: T): Outcome<T> {
  return { value, userErrors: [] };
}

export function rejected(error: UserErrorFacts): Outcome<never> {
  return { value: null, userErrors: [error] };
}

/** Undefined where a password may be tried for the user name. */
export async function tooManyPasswords({ use }: Scope, userName: string): Promise<Outcome<never> | undefined> {
  if (await use(callerLimits).takePassword(userName)) return undefined;
  const advice = "These were too many passwords for this user within a minute, so nothing was sent: try again later.";
  return rejected(operationError("RATE_LIMITED", advice, { retryable: true }));
}

/** @param field The path inside `input`. @throws the error itself where the user can do nothing about it. */
export function rejectionOf(error: unknown, field: readonly string[] | null): Outcome<never> {
  const userError = asInputError(error) ?? asUserError(error, field);
  if (userError === undefined) throw error;
  return rejected(userError);
}
