/** The log: JSON lines for operators. Callers choose each field they log; the redaction here is only a safety net. */
import { pino, type Logger } from "pino";
import type { Config } from "../config/config.js";
import { createLineRedactor } from "./redact.js";

export type Log = Pick<Logger, "debug" | "info" | "warn" | "error" | "isLevelEnabled">;

interface LogOptions {
  readonly level: Config["logLevel"];
  /** What no line may contain. */
  readonly secrets: readonly string[];
  /** Takes one line at a time, with its newline. */
  readonly write: (line: string) => void;
}

const mostCharacters = 200;

const secretNames = ["authorization", "cookie", "headers", "variables", "query", "url", "token", "secret", "password", "email", "voucher"];

export function createLog({ level, secrets, write }: LogOptions): Log {
  const redactLine = createLineRedactor(secrets);
  const paths = secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);
  return pino(
    {
      level,
      base: null,
      redact: { paths, censor: "[secret]" },
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    {
      write: (line) => {
        write(redactLine(line));
      },
    },
  );
}

/** Text from a client, cut to a length that fits a log line. */
export function shortened(text: string): string {
  return text.length <= mostCharacters ? text : `${text.slice(0, mostCharacters - 1)}…`;
}
