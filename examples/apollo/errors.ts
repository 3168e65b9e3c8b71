/** Errors by their code. */
// #region errors
import { CombinedGraphQLErrors } from "@apollo/client";
import type { ErrorCode } from "./generated/enums";

/** The codes of an operation's errors. Empty if it has none, or if no response came. */
export function codesOf(error: unknown): ErrorCode[] {
  if (!CombinedGraphQLErrors.is(error)) return [];
  return error.errors.map(({ extensions }) => extensions?.code as ErrorCode);
}

/** What to show. Fields without an error have their data all the same. */
export function describe(error: unknown): string {
  const [code] = codesOf(error);
  switch (code) {
    case "NOT_AVAILABLE_IN_COUNTRY":
      return "This is not sold in your country.";
    case "RATE_LIMITED":
    case "OVERLOADED":
      return "The shop is busy. Please try again in a moment.";
    case "UNAUTHENTICATED":
      return "Please sign in again.";
    default: // a later version of the server may send codes that this build does not know
      return "Something went wrong. Please try again.";
  }
}
// #endregion errors
