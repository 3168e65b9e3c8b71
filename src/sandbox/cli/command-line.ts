/** Reads the command line of `npm run sandbox`. Starts nothing. */

import { parseArgs } from "node:util";
import type { SandboxOptions } from "../sandbox.js";

export const usage = `Runs the stand-in of the 7digital API.

  npm run sandbox -- [options]

  --port N            port for http and https, 0 for any free one (default 7700)
  --host NAME         address to listen on (default 127.0.0.1)
  --max-page-size N   cut larger pages down to N items, as later 7digital answers were (default 500)
  --daily-limit N     calls a consumer key may make in a UTC day (default 1000000)
  --images HOST       where image addresses lead: sandbox, which draws the images, or 7digital, whose hosts
                      are in the API document (default sandbox)
  --help              this page`;

export type Command =
  | { readonly help: true }
  | { readonly start: SandboxOptions }
  /** Everything that is wrong, one line each. */
  | { readonly problems: readonly string[] };

const options = {
  port: { type: "string", default: "7700" },
  host: { type: "string", default: "127.0.0.1" },
  "max-page-size": { type: "string", default: "500" },
  "daily-limit": { type: "string", default: "1000000" },
  images: { type: "string", default: "sandbox" },
  help: { type: "boolean", default: false },
} as const;

export function commandOf(args: readonly string[]): Command {
  // Not strict, since strict stops at the first mistake.
  const { values, tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true });
  if (values.help === true) return { help: true };
  const problems = tokens.flatMap((token) => {
    if (token.kind === "positional") return [`Unknown argument ${token.value}`];
    return token.kind === "option" && !(token.name in options) ? [`Unknown option ${token.rawName}`] : [];
  });
  const whole = (name: "port" | "max-page-size" | "daily-limit", least: number, most: number): number => {
    const text = values[name];
    const number = typeof text === "string" && /^\d+$/.test(text) ? Number(text) : NaN;
    if (!(number >= least && number <= most)) problems.push(`--${name} must be a whole number from ${least} to ${most}`);
    return number;
  };
  const host = typeof values.host === "string" ? values.host : "";
  if (host === "") problems.push("--host needs an address");
  const images = (["sandbox", "7digital"] as const).find((name) => name === values.images);
  if (images === undefined) problems.push("--images must be sandbox or 7digital");
  const start = {
    port: whole("port", 0, 65_535),
    host,
    maxPageSize: whole("max-page-size", 1, 500),
    dailyLimit: whole("daily-limit", 1, Number.MAX_SAFE_INTEGER),
    ...(images && { images }),
  };
  return problems.length > 0 ? { problems } : { start };
}
