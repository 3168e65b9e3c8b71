/** What an operator is told of a failure nobody foresaw: enough to find the fault, and never its message, which may hold a secret. */
import type { Log } from "./log.js";

interface FailureFacts {
  /** The error's class. */
  readonly failure: string;
  /** Innermost first. */
  readonly frames: readonly string[];
}

/** @param kind What it interrupted. */
export function reportFailure(log: Log, error: unknown, kind = "unforeseen failure"): void {
  log.error(failureFacts(error), kind);
}

export function failureFacts(error: unknown): FailureFacts {
  return error instanceof Error ? { failure: classOf(error), frames: framesOf(error) } : { failure: "no error", frames: [] };
}

/** A name may be anything that somebody once put there. */
function classOf({ name }: Error): string {
  return /^\w{1,60}$/.test(name) ? name : "Error";
}

/** The stack begins with a name and the message; a message may look like frames, and may have been changed since. */
function framesOf({ stack = "", message }: Error): readonly string[] {
  const start = stack.indexOf(message);
  if (start === -1) return [];
  const lines = stack.slice(start + message.length).split("\n");
  return lines.filter((line) => line.startsWith("    at ")).map((line) => line.trim());
}
