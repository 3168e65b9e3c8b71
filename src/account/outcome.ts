/** What a mutation came to: its result, or why there is none. */
import { asUserError, type UserErrorFacts } from "../shared/user-error.graph.js";

export interface Outcome<T> {
  readonly value: T | null;
  readonly userErrors: readonly UserErrorFacts[];
}

export function succeeded<T>(value: T): Outcome<T> {
  return { value, userErrors: [] };
}

export function refused(error: UserErrorFacts): Outcome<never> {
  return { value: null, userErrors: [error] };
}

/** @param field Where in the arguments. @throws the error itself where it is none that somebody can do something about. */
export function refusalOf(error: unknown, field: readonly string[] | null): Outcome<never> {
  const told = asUserError(error, field);
  if (told === undefined) throw error;
  return refused(told);
}
