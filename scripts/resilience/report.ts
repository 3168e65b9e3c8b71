/** What a scenario found: tables for people, and what had to be so. */
import { alignedTable, type Table } from "../bench/table.js";
import type { Sample } from "./load.js";
import { latencyMs, normalAfterMs, p99s, quantile, during, windowMs, type Phase } from "./times.js";

export interface Check {
  readonly name: string;
  readonly passed: boolean;
}

export interface Findings {
  readonly lines: readonly string[];
  readonly checks: readonly Check[];
}

/** How times are judged. */
export interface Bars {
  /** Reads are as fast as before where their p99 is at most so many times that of the undisturbed phase, and so many ms. */
  readonly times: number;
  readonly plusMs: number;
  readonly normalWithinMs: number;
  /** Where the p99 of the undisturbed phase is more, the machine is too busy for times to say anything. */
  readonly busyMs: number;
}

export const bars: Bars = { times: 2, plusMs: 10, normalWithinMs: 2000, busyMs: 100 };
export const lenientBars: Bars = { times: 10, plusMs: 200, normalWithinMs: 10_000, busyMs: Infinity };

const shortWaitMs = 50;
const mostFailures = 5;
const shownLetters = 160;

export function tableOf({ head, rows }: Table): string {
  return alignedTable(head, rows);
}

export const ms = (value: number): string => (Number.isFinite(value) ? value.toFixed(value < 10 ? 1 : 0) : "–");
const seconds = (value: number | undefined): string => (value === undefined ? "not at all" : `after ${(value / 1000).toFixed(1)} s`);

/** Reads by phase, and p99 in each half second. @param normalMs The slowest p99 that counts as normal. */
export function readTimes(samples: readonly Sample[], phases: readonly Phase[], normalMs: number): string {
  const windows = phases.map((phase) => p99s(samples, phase));
  const most = Math.max(...windows.map(({ length }) => length));
  const head = ["reads", "count", "failed", "p50", "p99", `> ${String(shortWaitMs)} ms`, "normal"];
  const halves = Array.from({ length: most }, (_, nth) => (((nth + 1) * windowMs) / 1000).toFixed(1));
  const rows = phases.map((phase, at) => {
    const reads = during(samples, phase, "read");
    const late = reads.filter((read) => latencyMs(read) > shortWaitMs).length;
    const p99 = windows[at] ?? [];
    return [
      phase.name,
      ...[reads.length, failuresIn(reads).length].map(String),
      ...[quantile(reads, 0.5), quantile(reads, 0.99)].map(ms),
      String(late),
      at === 0 ? "" : seconds(normalAfterMs(p99, normalMs)),
      ...halves.map((_, nth) => ms(p99[nth] ?? NaN)),
    ];
  });
  return tableOf({ head: [...head, ...halves], rows });
}

export function notTooBusy(quietMs: number, { busyMs }: Bars): readonly Check[] {
  if (!Number.isFinite(busyMs)) return [];
  return [
    {
      name: `The machine is not too busy to judge times: p99 ${ms(quietMs)} ms undisturbed, at most ${String(busyMs)}`,
      passed: quietMs <= busyMs,
    },
  ];
}

/** @param what Happened in the phase. */
export function backToNormal(
  what: string,
  { samples, phase, normalMs }: { samples: readonly Sample[]; phase: Phase; normalMs: number },
  { normalWithinMs }: Bars,
): Check {
  const afterMs = normalAfterMs(p99s(samples, phase), normalMs);
  const passed = afterMs !== undefined && afterMs <= normalWithinMs;
  return { name: `${what}: reads are back to normal ${seconds(afterMs)}`, passed };
}

export function failuresIn(samples: readonly Sample[]): readonly string[] {
  return samples.flatMap(({ failure }) => failure ?? []);
}

/** The most frequent of them. */
export function shownFailures(failures: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const failure of failures) counts.set(shortened(failure), (counts.get(shortened(failure)) ?? 0) + 1);
  const sorted = [...counts].sort(([, one], [, other]) => other - one).slice(0, mostFailures);
  return sorted.map(([failure, count]) => `  ${String(count)} × ${failure}`);
}

function shortened(failure: string): string {
  return failure.replace(/\s+/g, " ").slice(0, shownLetters);
}
