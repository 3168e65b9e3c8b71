/** Prints what came of all runs. */
import { targets, type Period } from "./disturbance.js";
import type { Finding } from "./judge.js";
import type { ChaosOptions } from "./options.js";
import type { Readers } from "./reads.js";
import type { Stage } from "./run.js";
import { storyOf, type Tally } from "./tally.js";

const mostStories = 10;

export interface Result {
  readonly tally: Tally;
  readonly reads: Readers["counts"];
  readonly tookMs: number;
}

/** Prints it, and fails the process where anything was wrong. */
export function report(options: ChaosOptions, { facades, databases }: Stage, { tally, reads, tookMs }: Result): void {
  const { seed, parallel, facades: copies, store, disturb } = options;
  const { runs, sales, moneyCalls, asked, unanswered, broken, general } = tally;
  const lines = [
    tally.table(),
    "",
    `seed ${String(seed)}: ${String(runs)} runs in ${(tookMs / 1000).toFixed(1)} s, ${String(parallel)} at once, ${String(copies)} façades, records in ${store}`,
    `${String(sales)} sales, ${String(moneyCalls)} money calls, ${String(asked)} questions (${String(unanswered)} without an answer), ` +
      `${String(facades.kills)} kills, ${String(facades.deaths)} façades that ended by themselves`,
    ...(disturb.length === 0 ? [] : [disturbances(databases.periods, tally), readsLine(reads)]),
    tally.verdict(),
  ];
  console.log(lines.join("\n"));
  for (const { detail } of general.slice(0, mostStories)) console.log(`FAIL ${detail}`);
  for (const { plan, history, findings } of broken.slice(0, mostStories)) {
    console.log(`FAIL run ${String(plan.run)} of seed ${String(seed)}: ${detailsOf(findings)}`);
    console.log(storyOf(plan, history));
  }
  if (broken.length > 0) {
    const again = disturb.length === 0 ? "" : ` --disturb ${disturb.join()}`;
    const numbers = broken.map(({ plan }) => plan.run).join(",");
    console.log(`Again: npm run chaos -- --seed ${String(seed)} --facades ${String(copies)} --store ${store}${again} --only ${numbers}`);
  }
  if (facades.complaints.length > 0) console.log(["The façades said at last:", ...facades.complaints].join("\n  "));
  if (broken.length > 0 || general.length > 0 || facades.deaths > 0) process.exitCode = 1;
}

/** A client that asks often gets the same answer often: each finding once. */
function detailsOf(findings: readonly Finding[]): string {
  return [...new Set(findings.map(({ crime, detail }) => `${crime}: ${detail}`))].join("; ");
}

function disturbances(periods: readonly Period[], { disturbed, unreadable, unsentUnknown }: Tally): string {
  const counts = targets.flatMap((target) => {
    const kinds = new Map<string, number>();
    for (const { kind, facade } of periods.filter((period) => period.target === target)) {
      const name = facade === undefined ? kind : `${kind} for one façade`;
      kinds.set(name, (kinds.get(name) ?? 0) + 1);
    }
    const words = [...kinds].sort().map(([kind, count]) => `${String(count)} ${kind}`);
    return words.length === 0 ? [] : [`${target}: ${words.join(", ")}`];
  });
  return [
    ...counts,
    `${String(disturbed.any)} runs had one under way during their money call (Redis ${String(disturbed.redis)}, PostgreSQL ${String(disturbed.postgres)})`,
    `${String(unreadable)} answers that records could not be read; ${String(unsentUnknown)} runs that were recorded and not sent before their façade ended, and stay unknown`,
  ].join("\n");
}

function readsLine({ read, killed, failed, slowestMs }: Readers["counts"]): string {
  return (
    `${String(read.own + read.others)} warm reads (${String(read.own)} in the façade's memory, ${String(read.others)} in Redis or other façades) and ` +
    `${String(read.cold)} cold ones, the slowest in ${slowestMs.toFixed(0)} ms; ${String(killed)} asked again, for their façade was killed; ${String(failed)} failed`
  );
}
