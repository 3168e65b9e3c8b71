/** Reads the command line of `npm run bench`. Starts nothing. */
import { resolve } from "node:path";
import { parseArgs } from "node:util";

export const usage = `Measures the built server against a bare node:http server and a bare graphql-yoga, interleaved in one run.

  npm run bench -- [options]

  --seconds N       load in every round, for every server (default 3)
  --rounds N        rounds; every second one in reverse order (default 4)
  --warmup N        seconds of load before the rounds, for every server (default 4: V8's JIT needs about as long)
  --connections N   requests under way at once (default 32)
  --against DIR     also measure the built server of another checkout, in the same rounds, and compare the CPU per request of the two
  --json FILE       write every figure of every round to FILE as well
  --xml             measure the XML reader instead, beside fast-xml-parser
  --help            this page`;

export interface BenchOptions {
  readonly seconds: number;
  readonly rounds: number;
  readonly warmup: number;
  readonly connections: number;
  /** The other checkout; its `dist` must be built. */
  readonly against: string | undefined;
  readonly json: string | undefined;
}

export type Command =
  | { readonly help: true }
  | { readonly xml: true }
  | { readonly bench: BenchOptions }
  /** Everything that is wrong, one line each. */
  | { readonly problems: readonly string[] };

const declared = {
  seconds: { type: "string", default: "3" },
  rounds: { type: "string", default: "4" },
  warmup: { type: "string", default: "4" },
  connections: { type: "string", default: "32" },
  against: { type: "string" },
  json: { type: "string" },
  xml: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

export function commandOf(args: readonly string[]): Command {
  // Not strict, since strict stops at the first mistake.
  const { values, tokens } = parseArgs({ args: [...args], options: declared, strict: false, tokens: true });
  if (values.help === true) return { help: true };
  const problems = tokens.flatMap((token) => {
    if (token.kind === "positional") return [`Unknown argument ${token.value}`];
    return token.kind === "option" && !(token.name in declared) ? [`Unknown option ${token.rawName}`] : [];
  });
  const whole = (name: "seconds" | "rounds" | "warmup" | "connections", most: number): number => {
    const text = values[name];
    const number = typeof text === "string" && /^\d+$/.test(text) ? Number(text) : NaN;
    if (!(number >= 1 && number <= most)) problems.push(`--${name} must be a whole number from 1 to ${most}`);
    return number;
  };
  const numbers = {
    seconds: whole("seconds", 600),
    rounds: whole("rounds", 100),
    warmup: whole("warmup", 600),
    connections: whole("connections", 1000),
  };
  const path = (name: "against" | "json"): string | undefined => {
    const value = values[name];
    if (typeof value === "string" && value !== "") return resolve(value);
    if (value !== undefined) problems.push(`--${name} needs a path`);
    return undefined;
  };
  const paths = { against: path("against"), json: path("json") };
  if (problems.length === 0 && values.xml === true) return { xml: true };
  return problems.length > 0 ? { problems } : { bench: { ...numbers, ...paths } };
}
