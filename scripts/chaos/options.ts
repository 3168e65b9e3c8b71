/** Reads the command line of `npm run chaos`. Starts nothing. */
import { readCommandLine, wholeNumber } from "../command-line.js";
import { targets, type Target } from "./disturbance.js";
import { isStoreName, storeNames, type StoreName } from "../databases/records-place.js";

export const usage = `Buys things under every fault there is, and proves that each was bought at most once and reported truly.

  npm run chaos -- [options]

  --runs N        purchases to make, each by a user of its own (default 300)
  --seed S        what all chance is drawn from (default: made up, and printed)
  --only N[,N]    plays these runs of the seed alone, and prints what happened in them
  --parallel P    runs at once (default 8)
  --facades F     copies of the service, which share one record of attempts (default 2)
  --store NAME    where that is: ${storeNames.join(" or ")} (default sqlite)
  --disturb LIST  databases to stop, kill, freeze, slow down, cut off and flush meanwhile: ${targets.join(", ")}, or both. Connections are slow
                  and cut off for one façade or for all. The façades share a Redis where it is named; postgres is the store then. The
                  catalogue is read all the time, and every read has to be right
  --help          this page`;

export interface ChaosOptions {
  readonly runs: readonly number[];
  readonly seed: number;
  readonly parallel: number;
  readonly facades: number;
  readonly store: StoreName;
  /** Databases that are disturbed. */
  readonly disturb: readonly Target[];
  /** Prints every run as it was. */
  readonly verbose: boolean;
}

export type Command =
  | { readonly help: true }
  | { readonly chaos: ChaosOptions }
  /** Everything that is wrong, one line each. */
  | { readonly refused: readonly string[] };

const declared = {
  runs: { type: "string", default: "300" },
  seed: { type: "string" },
  only: { type: "string" },
  parallel: { type: "string", default: "8" },
  facades: { type: "string", default: "2" },
  store: { type: "string" },
  disturb: { type: "string" },
  help: { type: "boolean", default: false },
} as const;

/** @param refused Takes what is wrong. */
function databasesOf(
  { disturb: list, store: named }: Readonly<Record<string, unknown>>,
  refused: string[],
): Pick<ChaosOptions, "store" | "disturb"> {
  // Without a list it is true.
  const names = list === undefined ? [] : typeof list === "string" ? list.split(",") : [""];
  const disturb = targets.filter((target) => names.includes(target));
  if (disturb.length < names.length) refused.push(`--disturb must be ${targets.join(" or ")}, or both with a comma`);
  const store = named ?? (disturb.includes("postgres") ? "postgres" : "sqlite");
  if (!isStoreName(store)) {
    refused.push(`--store must be ${storeNames.join(" or ")}`);
    return { store: "sqlite", disturb };
  }
  if (store === "sqlite" && disturb.includes("postgres")) refused.push("--disturb postgres needs --store postgres");
  return { store, disturb };
}

/** @param madeUpSeed Taken where none is given. */
export function commandOf(args: readonly string[], madeUpSeed: number): Command {
  const { values, problems: refused } = readCommandLine(args, declared);
  if (values.help === true) return { help: true };
  const whole = (name: string, text: unknown, most: number, least = 1): number => {
    return wholeNumber(name, text, [least, most], refused);
  };
  const runs = whole("runs", values.runs, 1_000_000);
  const only = typeof values.only === "string" ? values.only.split(",").map((text) => whole("only", text, 999_999, 0)) : undefined;
  const chaos = {
    runs: only ?? Array.from({ length: runs || 0 }, (_, run) => run),
    seed: values.seed === undefined ? madeUpSeed : whole("seed", values.seed, 2 ** 32 - 1, 0),
    parallel: whole("parallel", values.parallel, 64),
    facades: whole("facades", values.facades, 8),
    ...databasesOf(values, refused),
    verbose: only !== undefined,
  };
  return refused.length > 0 ? { refused } : { chaos };
}
