/** Reads the command line of `npm run simulate`. Starts nothing. */
import { readCommandLine } from "../command-line.js";

export const usage = `Predicts hit ratio and daily calls to 7digital by the number of copies and the size of their caches. See docs/scale.md.

  npm run simulate -- [options]

  --copies N,...       copies of the service, each with a cache of its own (default 1,2,4,8)
  --cache-mb N,...     CACHE_MAX_BYTES of each copy, in MiB (default 128,1024)
  --redis-mb N,...     a cache that all copies share, in MiB; 0 for none (default 0,4096)
  --visits N,...       visits a day; each is one page, which is one operation (default 100000)
  --exponent N,...     of Zipf's law: the k-th most popular item is requested as often as 1 ÷ k to that power (default 0.9)
  --days N             days from an empty cache; each is counted by itself (default 2)
  --seed N             chance (default 1)
  --measure            let real servers answer the same visits, with a clock that is set by hand, and compare the calls that the sandbox got
  --write              write the table to docs/scale.md
  --help               this page`;

const mebibyte = 2 ** 20;

export interface SimulationOptions {
  readonly copies: readonly number[];
  readonly cacheBytes: readonly number[];
  readonly sharedBytes: readonly number[];
  readonly visits: readonly number[];
  readonly exponents: readonly number[];
  readonly days: number;
  readonly seed: number;
  readonly measure: boolean;
  readonly write: boolean;
}

export type Command =
  | { readonly help: true }
  | { readonly simulation: SimulationOptions }
  /** Everything that is wrong, one line each. */
  | { readonly problems: readonly string[] };

const declared = {
  copies: { type: "string", default: "1,2,4,8" },
  "cache-mb": { type: "string", default: "128,1024" },
  "redis-mb": { type: "string", default: "0,4096" },
  visits: { type: "string", default: "100000" },
  exponent: { type: "string", default: "0.9" },
  days: { type: "string", default: "2" },
  seed: { type: "string", default: "1" },
  measure: { type: "boolean", default: false },
  write: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

export function commandOf(args: readonly string[]): Command {
  const { values, problems } = readCommandLine(args, declared);
  if (values.help === true) return { help: true };
  const listOf = (name: keyof typeof declared, least: number, most: number, wanted = /^\d+$/): readonly number[] => {
    const text = values[name];
    const parts = typeof text === "string" ? text.split(",") : [];
    const numbers = parts.map((part) => (wanted.test(part) ? Number(part) : NaN));
    const isValid = numbers.length > 0 && numbers.every((number) => number >= least && number <= most);
    if (!isValid) problems.push(`--${name} must be numbers from ${String(least)} to ${String(most)}, separated by commas`);
    return numbers;
  };
  const one = (name: keyof typeof declared, most: number): number => {
    const [number = NaN, ...more] = listOf(name, 1, most);
    if (more.length > 0) problems.push(`--${name} must be one number`);
    return number;
  };
  const measure = values.measure === true;
  const inBytes = (mebibytes: readonly number[]) => mebibytes.map((number) => number * mebibyte);
  const simulation = {
    copies: listOf("copies", 1, 64),
    cacheBytes: inBytes(listOf("cache-mb", 0, 8192)),
    sharedBytes: inBytes(listOf("redis-mb", 0, 65_536)),
    visits: listOf("visits", 1, 100_000_000),
    exponents: listOf("exponent", 0.1, 2, /^\d+(?:\.\d+)?$/),
    days: one("days", 30),
    seed: one("seed", 2 ** 31),
    measure,
    write: values.write === true,
  };
  if (measure && simulation.write) problems.push("--write is for the table of the simulation, without --measure");
  return problems.length > 0 ? { problems } : { simulation };
}
