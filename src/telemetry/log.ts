/** The log: JSON lines for operators. Callers choose each field they log; the redaction here is only a safety net. */
import { pino, type Logger } from "pino";
import type { Config } from "../config/config.js";
import { createFactsRedactor, createTextRedactor, withoutControls } from "./redact.js";

export type Log = Pick<Logger, "debug" | "info" | "warn" | "error" | "isLevelEnabled">;

interface LogOptions {
  readonly level: Config["logLevel"];
  /** What no line may contain. */
  readonly secrets: readonly string[];
  /** Number of the process, where there are several. */
  readonly process?: number | undefined;
  /** Takes one line at a time, with its newline. */
  readonly write: (line: string) => void;
}

const mostCharacters = 200;

export function createLog({ level, secrets, process, write }: LogOptions): Log {
  const redact = createTextRedactor(secrets);
  const redactFacts = createFactsRedactor(redact);
  return pino(
    {
      level,
      base: process === undefined ? null : { process },
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      // Not pino's own redaction: it takes more time than the rest of an operation whose answers are in the cache.
      formatters: { level: (label) => ({ level: label }), log: redactFacts },
      hooks: {
        logMethod(args, method) {
          const redacted = args.map((one: unknown) => (typeof one === "string" ? redact(one) : one));
          method.apply(this, redacted as Parameters<typeof method>);
        },
      },
    },
    {
      write: (line) => {
        write(withoutControls(line));
      },
    },
  );
}

/** Text from a client, cut to a length that fits a log line. */
export function shortened(text: string): string {
  return text.length <= mostCharacters ? text : `${text.slice(0, mostCharacters - 1)}…`;
}
