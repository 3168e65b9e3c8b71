/** The result of a mutation, or why there is none. */
import { asInputError, asUserError, type UserErrorFacts } from "../shared/user-error.js";

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

/** @param field The path inside `input`. @throws the error itself where the user can do nothing about it. */
export function rejectionOf(error: unknown, field: readonly string[] | null): Outcome<never> {
  const userError = asInputError(error) ?? asUserError(error, field);
  if (userError === undefined) throw error;
  return rejected(userError);
}
