/** Reports unforeseen failures to operators: class and stack frames, but not the message, which may contain a secret. */
import { getSystemErrorMap } from "node:util";
import type { Log } from "./log.js";

/** For example "EMFILE". */
const systemErrors: ReadonlySet<unknown> = new Set([...getSystemErrorMap().values()].map(([name]) => name));

/** @param kind What it interrupted. */
export function reportFailure(log: Log, error: unknown, kind = "unforeseen failure"): void {
  log.error(failureFacts(error), kind);
}

/** The error's class, and its stack frames, innermost first. `code` says what the system refused, if it did. */
export function failureFacts(error: unknown) {
  if (!(error instanceof Error)) return { failure: "no error", frames: [] };
  const code = "code" in error && systemErrors.has(error.code) ? { code: error.code } : {};
  return { failure: classOf(error), ...code, frames: framesOf(error) };
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
