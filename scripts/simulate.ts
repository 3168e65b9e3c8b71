/** `npm run simulate`: predicts hit ratio and daily calls to 7digital by the number of copies and the size of their caches, or measures both with real
 *  servers. See docs/scale.md. */
import { existsSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import { join, resolve } from "node:path";
import { startSandbox, type Sandbox } from "../src/sandbox/sandbox.js";
import { markdownTable } from "./bench/table.js";
import { entriesTable } from "./simulate/entries.js";
import { answerVisits } from "./simulate/real-fleet.js";
import { commandOf, usage, type SimulationOptions } from "./simulate/options.js";
import { takeSamples, type Samples } from "./simulate/samples.js";
import { simulate, type DayCounts, type Prediction } from "./simulate/simulation.js";
import { Visits } from "./simulate/visits.js";
import { withSection } from "./write-or-check.js";

const root = resolve(import.meta.dirname, "..");
const page = "docs/scale.md";
/** More than any run asks for. */
const dailyLimit = 1_000_000_000;
/** Enough to meet all methods with many subjects. */
const weighedVisits = 10_000;
/** Prediction and measurement agree when they differ by less, in per cent. */
const mostDeviation = 10;

interface Case {
  readonly copies: number;
  readonly cacheBytes: number;
  readonly sharedBytes: number;
  readonly exponent: number;
  readonly perDay: number;
}

function casesOf({ copies, cacheBytes, sharedBytes, exponents, visits }: SimulationOptions): readonly Case[] {
  return visits.flatMap((perDay) =>
    exponents.flatMap((exponent) =>
      sharedBytes.flatMap((shared) =>
        cacheBytes.flatMap((bytes) => copies.map((count) => ({ copies: count, cacheBytes: bytes, sharedBytes: shared, exponent, perDay }))),
      ),
    ),
  );
}

function predict(one: Case, { days, seed }: SimulationOptions, samples: Samples): Prediction {
  return simulate(new Visits(one.perDay, one.exponent, seed), days, one, samples);
}

const whole = (value: number): string => Math.round(value).toLocaleString("en-GB");
const inMebibytes = (bytes: number): string => whole(bytes / 2 ** 20);
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

function describe({ copies, cacheBytes, sharedBytes, exponent, perDay }: Case): readonly string[] {
  return [whole(perDay), String(exponent), String(copies), inMebibytes(cacheBytes), sharedBytes === 0 ? "none" : inMebibytes(sharedBytes)];
}

const described = ["visits a day", "exponent", "copies", "MiB each", "shared MiB"];

function simulationTable(options: SimulationOptions, samples: Samples): string {
  const days = Array.from({ length: options.days }, (_, day) => day + 1);
  const head = [...described, "MiB used", ...days.flatMap((day) => [`hits, day ${String(day)}`, `calls, day ${String(day)}`])];
  const rows = casesOf(options).map((one) => {
    const prediction = predict(one, options, samples);
    const row = [...describe(one), inMebibytes(prediction.cacheBytes), ...prediction.days.flatMap(cells)];
    console.error(row.join(" | "));
    return row;
  });
  return markdownTable({ head, rows });
}

/** Of the first exponent. */
function entries({ exponents: [exponent = NaN], seed }: SimulationOptions, samples: Samples): string {
  return entriesTable(new Visits(weighedVisits, exponent, seed), samples);
}

function cells({ reads, hits, calls }: DayCounts): readonly string[] {
  return [percent(hits / reads), whole(calls)];
}

/** @returns The table, and whether all agree. */
async function comparison(options: SimulationOptions, samples: Samples, sandbox: Sandbox): Promise<readonly [string, boolean]> {
  const program = join(root, "dist/main.js");
  if (!existsSync(program)) throw new Error("There is no dist. Run `npm run build` first.");
  const rows: string[][] = [];
  let agrees = true;
  for (const one of casesOf(options)) {
    sandbox.journal.clear();
    const visits = new Visits(one.perDay, one.exponent, options.seed);
    const answered = await answerVisits(visits, { ...one, program, baseUrl: sandbox.baseUrl, days: options.days });
    const measured = sandbox.journal.count();
    const predicted = predict(one, options, samples).days.reduce((sum, { calls }) => sum + calls, 0);
    const deviation = (100 * (predicted - measured)) / measured;
    agrees &&= Math.abs(deviation) < mostDeviation;
    rows.push([...describe(one), whole(answered), whole(measured), whole(predicted), `${deviation.toFixed(1)} %`]);
    console.error(rows.at(-1)?.join(" | "));
  }
  return [markdownTable({ head: [...described, "visits", "calls measured", "calls predicted", "deviation"], rows }), agrees];
}

async function run(options: SimulationOptions): Promise<void> {
  const sandbox = await startSandbox({ dailyLimit });
  try {
    const samples = await takeSamples(sandbox.baseUrl, options.seed);
    if (options.measure) {
      const [table, agrees] = await comparison(options, samples, sandbox);
      console.log(table);
      if (!agrees) process.exitCode = 1;
      return;
    }
    const table = [entries(options, samples), simulationTable(options, samples)].join("\n\n");
    if (options.write) writeFileSync(join(root, page), await withSection(page, "simulation", "npm run simulate -- --write", table));
    else console.log(table);
  } finally {
    await sandbox.close();
  }
}

// What was started ends with the process.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => process.exit(128 + constants.signals[signal]));

const command = commandOf(process.argv.slice(2));
if ("help" in command) console.log(usage);
else if ("problems" in command) {
  console.error(`${command.problems.join("\n")}\n\n${usage}`);
  process.exitCode = 2;
} else await run(command.simulation);
