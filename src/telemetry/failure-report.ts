/** Reports unforeseen failures to operators: class and stack frames, but not the message, which may contain a secret. */
import type { Log } from "./log.js";

/** @param kind What it interrupted. */
export function reportFailure(log: Log, error: unknown, kind = "unforeseen failure"): void {
  log.error(failureFacts(error), kind);
}

/** The error's class, and its stack frames, innermost first. */
export function failureFacts(error: unknown) {
  return error instanceof Error ? { failure: classOf(error), frames: framesOf(error) } : { failure: "no error", frames: [] };
}

/** `name` is writable, so it may be anything. */
function classOf({ name }: Error): string {
  return /^\w{1,60}$/.test(name) ? name : "Error";
}

/** A stack starts with name and message. The message may look like frames, and may have changed since. */
function framesOf({ stack = "", message }: Error): readonly string[] {
  const start = stack.indexOf(message);
  if (start === -1) return [];
  const lines = stack.slice(start + message.length).split("\n");
  return lines.filter((line) => line.startsWith("    at ")).map((line) => line.trim());
}
