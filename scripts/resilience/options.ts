/** Reads the command line of `npm run resilience`. Starts nothing. */
import { readCommandLine, wholeNumber } from "../command-line.js";

export const scenarioNames = ["redis", "postgres", "release"] as const;
export type ScenarioName = (typeof scenarioNames)[number];

export const usage = `Measures what clients notice when Redis or PostgreSQL stops, and in a release, with real servers under load.

  npm run resilience -- [options]

  --scenario NAME  ${scenarioNames.join(", ")} (default: all, one after the other)
  --rate N         operations a second, sent by the clock (default 300)
  --seconds N      length of each phase (default 6)
  --seed S         what all chance is drawn from (default: made up, and printed)
  --quick          for a busy machine: 150 operations a second, phases of 2 s, and times are judged leniently
  --help           this page`;

export interface ResilienceOptions {
  readonly scenarios: readonly ScenarioName[];
  readonly rate: number;
  readonly seconds: number;
  readonly seed: number;
  readonly lenient: boolean;
}

export type Command =
  | { readonly help: true }
  | { readonly resilience: ResilienceOptions }
  /** Everything that is wrong, one line each. */
  | { readonly refused: readonly string[] };

const declared = {
  scenario: { type: "string" },
  rate: { type: "string" },
  seconds: { type: "string" },
  seed: { type: "string" },
  quick: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

/** @param madeUpSeed Taken where none is given. */
export function commandOf(args: readonly string[], madeUpSeed: number): Command {
  const { values, problems: refused } = readCommandLine(args, declared);
  if (values.help === true) return { help: true };
  const whole = (name: keyof typeof declared, byDefault: number, [least, most]: readonly [number, number]): number => {
    const text = values[name] ?? String(byDefault);
    return wholeNumber(name, text, [least, most], refused);
  };
  const scenarios = scenarioNames.filter((name) => values.scenario === undefined || values.scenario === name);
  if (scenarios.length === 0) refused.push(`--scenario must be one of ${scenarioNames.join(", ")}`);
  const lenient = values.quick === true;
  const resilience = {
    scenarios,
    rate: whole("rate", lenient ? 150 : 300, [10, 5000]),
    seconds: whole("seconds", lenient ? 2 : 6, [2, 600]),
    seed: whole("seed", madeUpSeed, [0, 2 ** 32 - 1]),
    lenient,
  };
  return refused.length > 0 ? { refused } : { resilience };
}
