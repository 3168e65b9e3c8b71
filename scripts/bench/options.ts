/** Reads the command line of `npm run bench`. Starts nothing. */
import { resolve } from "node:path";
import { readCommandLine, wholeNumber } from "../command-line.js";

export const usage = `Measures the built server against node:http, graphql-yoga and other servers, interleaved in one run. See docs/bench.md.

  npm run bench -- [options]

  --quick           a minute for CI: fails below half of the bars
  --seconds N       load in every round, for every server (default 3)
  --rounds N        rounds; every second one in reverse order (default 4)
  --warmup N        seconds of load before the rounds, for every server (default 4: V8's JIT needs about as long)
  --connections N   requests under way at once (default 32)
  --entities N      most releases in the curve of the cache (default 100000)
  --against DIR     also measure the built server of another checkout, in the same rounds, and compare the CPU per request of the two
  --json FILE       write every figure of every round to FILE as well
  --write           write the tables and charts to docs/bench.md, with a million releases in the curve of the cache
  --xml             measure the XML reader only, beside fast-xml-parser
  --help            this page`;

export interface BenchOptions {
  readonly quick: boolean;
  readonly seconds: number;
  readonly rounds: number;
  readonly warmup: number;
  /** Seconds, of servers that do not cache. */
  readonly coldWarmup: number;
  readonly connections: number;
  /** Different artists that are requested. */
  readonly ids: number;
  readonly entities: number;
  /** The other checkout; its `dist` must be built. */
  readonly against: string | undefined;
  readonly json: string | undefined;
  readonly write: boolean;
}

export type Command =
  | { readonly help: true }
  | { readonly xml: true }
  | { readonly bench: BenchOptions }
  /** Everything that is wrong, one line each. */
  | { readonly problems: readonly string[] };

const declared = {
  quick: { type: "boolean", default: false },
  seconds: { type: "string" },
  rounds: { type: "string" },
  warmup: { type: "string" },
  connections: { type: "string", default: "32" },
  entities: { type: "string" },
  against: { type: "string" },
  json: { type: "string" },
  write: { type: "boolean", default: false },
  xml: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

const full = { seconds: 3, rounds: 4, warmup: 4, coldWarmup: 2, ids: 10_000 };
const quick = { seconds: 0.5, rounds: 3, warmup: 1.5, coldWarmup: 1.5, ids: 1000 };
const millionEntities = 1_000_000;

export function commandOf(args: readonly string[]): Command {
  const { values, problems } = readCommandLine(args, declared);
  if (values.help === true) return { help: true };
  const whole = (name: "seconds" | "rounds" | "warmup" | "connections" | "entities", most: number): number | undefined => {
    const text = values[name];
    if (text === undefined) return undefined;
    return wholeNumber(name, text, [1, most], problems);
  };
  const path = (name: "against" | "json"): string | undefined => {
    const value = values[name];
    if (typeof value === "string" && value !== "") return resolve(value);
    if (value !== undefined) problems.push(`--${name} needs a path`);
    return undefined;
  };
  const preset = values.quick === true ? quick : full;
  const write = values.write === true;
  const bench = {
    ...preset,
    quick: values.quick === true,
    seconds: whole("seconds", 60) ?? preset.seconds,
    rounds: whole("rounds", 100) ?? preset.rounds,
    warmup: whole("warmup", 600) ?? preset.warmup,
    connections: whole("connections", 500) ?? NaN,
    entities: whole("entities", millionEntities) ?? (write ? millionEntities : millionEntities / 10),
    against: path("against"),
    json: path("json"),
    write,
  };
  if (bench.quick && write) problems.push("--write needs a whole run, without --quick");
  if (problems.length > 0) return { problems };
  return values.xml === true ? { xml: true } : { bench };
}
