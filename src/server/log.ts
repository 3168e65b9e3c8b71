/** JSON lines for whoever runs the service. What is logged is chosen word by word where it is logged; the filters in here are for what
 *  should never have come. */
import { pino, type Logger } from "pino";
import type { Config } from "../config.js";
import { scrubber } from "./scrub.js";

export type Log = Pick<Logger, "debug" | "info" | "warn" | "error" | "isLevelEnabled">;

interface LogOptions {
  readonly level: Config["logLevel"];
  /** What no line may hold. */
  readonly secrets: readonly string[];
  /** Takes one line at a time, ended. */
  readonly write: (line: string) => void;
}

const longest = 200;

const secretNames = ["authorization", "cookie", "headers", "variables", "query", "url", "token", "secret", "password", "email", "voucher"];

export function createLog({ level, secrets, write }: LogOptions): Log {
  const scrub = scrubber(secrets);
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
        write(scrub(line));
      },
    },
  );
}

/** What a client wrote, as much of it as is worth a line. */
export function shortened(text: string): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}
