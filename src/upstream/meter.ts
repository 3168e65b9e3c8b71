/** What an operation learns of its calls, and how it ends them. src/operation/meter.ts implements it. */
import type { Context } from "@opentelemetry/api";
import type { CachedAnswer } from "./cache/cached-answers.js";
import type { Effect } from "./endpoint.js";
import type { Signal } from "./limits/abort.js";
import type { AnyEndpoint } from "./request/request.js";
import { errorTraits, type ErrorTraits, type UpstreamErrorCode } from "./error-traits.js";

export interface Meter {
  /** The trace that its calls belong to. */
  readonly trace?: Context | undefined;
  /** Before a call is made or joined. @param critical Whether money depends on it. @throws UpstreamError where no more may be made. */
  ask(method: string, effect: Effect, critical: boolean): void;
  /** A request goes out; a second try is one more. */
  sent(): void;
  /** A try is over, whether or not a request went out. */
  called(call: CallReport): void;
  /** The cache answered. @param ageMs Since 7digital made the answer. @param staleMs Since it became stale; at most 0 while it is fresh.
   *  @param answer Undefined for a failure that is remembered apart from answers. */
  servedFromCache(method: string, ageMs: number, staleMs: number, answer?: CachedAnswer): void;
  /** What the response depends on is fresh until then, in epoch milliseconds; 0 where it may not be kept at all. */
  goodUntil(untilMs: number): void;
  /** The answer to the call of another operation was used. */
  joined(method: string): void;
  /** Aborted when the operation ends before its calls do: its time is over, or its client went away. The reason is the error of its fields. */
  readonly signal: Signal;
}

/** How a call ended: with an answer, aborted because nothing waited for it, or with an error code. */
export type CallOutcome = "OK" | "ABORTED" | UpstreamErrorCode;

type OutcomeTraits = Pick<ErrorTraits, "key" | "logLevel">;

const outcomes: Readonly<Record<CallOutcome, OutcomeTraits>> = {
  ...errorTraits,
  OK: { key: "accepted", logLevel: "debug" },
  ABORTED: { key: "unknown", logLevel: "debug" },
};

export function outcomeTraits(outcome: CallOutcome): OutcomeTraits {
  return outcomes[outcome];
}

/** One try of one call. It holds nothing of what was sent or answered. */
export interface CallReport extends Pick<AnyEndpoint, "auth" | "effect"> {
  /** As the API document names it. */
  readonly method: string;
  readonly outcome: CallOutcome;
  /** Undefined where no answer came. */
  readonly httpStatus: number | undefined;
  /** Whether anything of a request may have gone out. */
  readonly sent: boolean;
  readonly durationMs: number;
}
