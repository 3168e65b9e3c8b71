/** Errors by their code. */
import type { CombinedError } from "urql";
import type { ErrorCode } from "../generated/enums";

/** Codes of an operation's errors. Empty if no response came. */
export function codesOf(error: CombinedError | undefined): ErrorCode[] {
  return (error?.graphQLErrors ?? []).map(({ extensions }) => extensions.code as ErrorCode);
}

export interface ErrorWords {
  readonly title: string;
  readonly advice: string;
  /** Whether the same request may succeed now. */
  readonly canRetry: boolean;
}

/** What to show. Fields without an error have their data all the same. */
export function wordsFor(error: CombinedError): ErrorWords {
  if (error.networkError && error.graphQLErrors.length === 0) {
    return { title: "The shop cannot be reached", advice: "Check your connection, then try again.", canRetry: true };
  }
  switch (codesOf(error)[0]) {
    case "NOT_AVAILABLE_IN_COUNTRY":
      return { title: "Not sold in this country", advice: "Choose another country, or look for something else.", canRetry: false };
    case "BAD_USER_INPUT":
    case "NOT_FOUND":
      return { title: "There is no such page", advice: "The address may be mistyped, or the music is no longer sold.", canRetry: false };
    case "UNAUTHENTICATED":
      return { title: "You are signed out", advice: "Sign in again to see your music.", canRetry: false };
    case "RATE_LIMITED":
    case "CALLER_CALL_LIMIT":
    case "OVERLOADED":
    case "QUOTA_RESERVED":
    case "UPSTREAM_RATE_LIMITED":
      return { title: "The shop is busy", advice: "Wait a moment, then try again.", canRetry: true };
    default: // also codes of later versions of the server
      return { title: "Something went wrong", advice: "It is not your fault. Try again in a moment.", canRetry: true };
  }
}
