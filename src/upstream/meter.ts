/** How one operation hears of the calls made on its behalf, and how it stops them. Knows no GraphQL: who runs operations implements it. */
import type { Context } from "@opentelemetry/api";
import type { Auth, Effect } from "./endpoint.js";
import type { UpstreamErrorCode } from "./errors.js";

export interface Meter {
  /** The trace that its calls belong to. */
  readonly trace?: Context | undefined;
  /** A call has to be made, or one joined. @param exempt Whether money depends on it. @throws UpstreamError where the operation may make
   *  no more. */
  ask(method: string, effect: Effect, exempt: boolean): void;
  /** A request goes out; a second try is one more. */
  sent(): void;
  /** A try is over, whether or not a request went out. */
  called(call: CallReport): void;
  /** The shared memory answered. @param ageMs Since 7digital gave the answer. @param staleMs Since it is no longer fresh; at most 0 while
   *  it is. */
  remembered(method: string, ageMs: number, staleMs: number): void;
  /** The answer to a call that others have made is waited for. */
  joined(method: string): void;
  /** The same answer, given up when the operation ends before: then it rejects. */
  whileLasts<T>(answer: Promise<T>): Promise<T>;
  /** Calls back once when the operation ends before its time because nobody waits for it; at once if it has. */
  whenOver(tell: () => void): void;
}

/** How a call ended: believed, broken off because nobody waited any longer, or the code of its error. */
export type CallOutcome = "OK" | "GIVEN_UP" | UpstreamErrorCode;

/** One try of one call. Holds nothing that was sent or answered. */
export interface CallReport {
  /** As the API document names it. */
  readonly method: string;
  readonly auth: Auth;
  readonly effect: Effect;
  readonly outcome: CallOutcome;
  /** Undefined where no answer came. */
  readonly httpStatus: number | undefined;
  /** Whether anything of a request may have gone out. */
  readonly sent: boolean;
  readonly durationMs: number;
}
