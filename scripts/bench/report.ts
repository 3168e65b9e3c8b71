/** Puts the figures of a run into its tables. */
import type { Cold, FirstAnswer } from "./cold.js";
import type { Memory } from "./process-figures.js";
import type { Measured } from "./rounds.js";
import { alignedTable, figure, spread, times } from "./table.js";

export interface ColdFigures {
  readonly name: string;
  readonly first: FirstAnswer;
  readonly uncached: Cold;
}

export interface Figures {
  readonly machine: string;
  /** The floor, bare Yoga, then ours. */
  readonly warm: readonly Measured[];
  readonly cold: readonly ColdFigures[];
  /** Of ours. */
  readonly memory: Memory | undefined;
}

/** A server that took less of its core could have answered more, or the machine was busy with something else. */
const fullyBusy = 0.9;

export function report({ machine, warm, cold, memory }: Figures): string {
  const mebibytes = (bytes: number | undefined) => figure(bytes === undefined ? undefined : bytes / 2 ** 20);
  return [
    warmTable(warm),
    "Ratios: more is better, for CPU as well (2.00x = half the CPU).",
    ...(warm.some(hadTimeLeft) ? ["* Less than the server can do: it did not have a core to itself, or nothing to do. Read its CPU."] : []),
    "",
    coldTable(cold),
    "",
    `memory of ours at the end: ${mebibytes(memory?.residentBytes)} MiB resident, ${mebibytes(memory?.peakBytes)} MiB at its peak`,
    machine,
  ].join("\n");
}

/** Every reason why the run is no good, one line each. */
export function failures({ warm }: Figures): readonly string[] {
  return warm
    .filter(({ upstreamCalls }) => upstreamCalls !== undefined && upstreamCalls > 0)
    .map(({ name, upstreamCalls }) => `${name}: ${figure(upstreamCalls)} upstream calls in warm rounds, where there must be none.`);
}

function warmTable(warm: readonly Measured[]): string {
  const head = ["warm", "RPS", "p50 ms", "p99 ms", "CPU µs/req", "min-max", "bytes", "calls/req"];
  const ratios = ["RPS vs yoga", "CPU vs yoga", "RPS vs floor", "CPU vs floor", "server busy", "generator busy"];
  const [floor, yoga] = warm;
  const rows = warm.map((measured) => {
    const { name, answerBytes, median, rounds } = measured;
    return [
      name,
      figure(median.requestsPerSecond) + (hadTimeLeft(measured) ? "*" : " "),
      figure(median.p50Ms, 2),
      figure(median.p99Ms, 1),
      figure(median.cpuMicrosPerRequest, 1),
      spread(rounds.map(({ cpuMicrosPerRequest }) => cpuMicrosPerRequest)),
      String(answerBytes),
      callsPerRequest(measured),
      ...[yoga?.median, floor?.median].flatMap((base) => [
        times(median.requestsPerSecond, base?.requestsPerSecond),
        times(base?.cpuMicrosPerRequest, median.cpuMicrosPerRequest),
      ]),
      percent(median.serverBusy),
      percent(median.generatorBusy),
    ];
  });
  return alignedTable([...head, ...ratios], rows);
}

function coldTable(cold: readonly ColdFigures[]): string {
  const head = ["cold", "first ms", "first calls", "p50 ms", "p99 ms", "CPU µs/query", "calls/query", "queries"];
  const rows = cold.map(({ name, first, uncached }) => [
    name,
    figure(first.ms, 1),
    String(first.calls),
    figure(uncached.p50Ms, 2),
    figure(uncached.p99Ms, 1),
    figure(uncached.cpuMicrosPerQuery),
    figure(uncached.callsPerQuery, 2),
    String(uncached.queries),
  ]);
  return alignedTable(head, rows);
}

function hadTimeLeft({ median }: Measured): boolean {
  return median.serverBusy !== undefined && median.serverBusy < fullyBusy;
}

function callsPerRequest({ upstreamCalls, rounds }: Measured): string {
  if (upstreamCalls === undefined) return "-";
  return upstreamCalls === 0 ? "0" : (upstreamCalls / rounds.reduce((sum, { requests }) => sum + requests, 0)).toPrecision(2);
}

function percent(share: number | undefined): string {
  return share === undefined ? "n/a" : `${figure(share * 100)}%`;
}
