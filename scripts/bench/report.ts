/** Puts the figures of a run into its tables. */
import type { Cold, FirstAnswer } from "./cold.js";
import type { Memory } from "./process-figures.js";
import type { Measured } from "./rounds.js";
import { alignedTable, figure, median, spread, times } from "./table.js";

export interface ColdFigures {
  readonly name: string;
  readonly first: FirstAnswer;
  readonly rounds: readonly Cold[];
  /** Of the other checkout. */
  readonly otherRounds: readonly Cold[] | undefined;
}

export interface Figures {
  readonly machine: string;
  /** The floor, bare Yoga, then ours. */
  readonly warm: readonly Measured[];
  /** Of the other checkout, in the order of ours. */
  readonly otherWarm: readonly Measured[];
  readonly cold: readonly ColdFigures[];
  /** Of ours. */
  readonly memory: Memory | undefined;
}

/** A server that took less of its core could have answered more, or the machine was busy with something else. */
const fullyBusy = 0.9;

export function report(figures: Figures): string {
  const { machine, warm, otherWarm, cold, memory } = figures;
  const mebibytes = (bytes: number | undefined) => figure(bytes === undefined ? undefined : bytes / 2 ** 20);
  return [
    warmTable([...warm, ...otherWarm]),
    "Ratios: more is better, for CPU as well (2.00x = half the CPU).",
    ...(warm.some(hadTimeLeft) ? ["* Less than the server can do: it did not have a core to itself, or nothing to do. Read its CPU."] : []),
    "",
    coldTable(cold),
    "",
    ...(otherWarm.length === 0 ? [] : [comparison(figures), ""]),
    `memory of ours at the end: ${mebibytes(memory?.residentBytes)} MiB resident, ${mebibytes(memory?.peakBytes)} MiB at its peak`,
    machine,
  ].join("\n");
}

/** Every reason why the run is no good, one line each. */
export function failures({ warm, otherWarm }: Figures): readonly string[] {
  return [...warm, ...otherWarm]
    .filter(({ upstreamCalls }) => upstreamCalls !== undefined && upstreamCalls > 0)
    .map(({ name, upstreamCalls }) => `${name}: ${figure(upstreamCalls)} upstream calls in warm rounds, where there must be none.`);
}

function warmTable(warm: readonly Measured[]): string {
  const head = ["warm", "RPS", "p50 ms", "p99 ms", "CPU µs/req", "min-max", "bytes", "calls/req"];
  const ratios = ["RPS vs yoga", "CPU vs yoga", "RPS vs floor", "CPU vs floor", "server busy", "generator busy"];
  const [floor, yoga] = warm;
  const rows = warm.map((measured) => {
    const { name, answerBytes, median: medians, rounds } = measured;
    return [
      name,
      figure(medians.requestsPerSecond) + (hadTimeLeft(measured) ? "*" : " "),
      figure(medians.p50Ms, 2),
      figure(medians.p99Ms, 1),
      figure(medians.cpuMicrosPerRequest, 1),
      spread(rounds.map(({ cpuMicrosPerRequest }) => cpuMicrosPerRequest)),
      String(answerBytes),
      callsPerRequest(measured),
      ...[yoga?.median, floor?.median].flatMap((base) => [
        times(medians.requestsPerSecond, base?.requestsPerSecond),
        times(base?.cpuMicrosPerRequest, medians.cpuMicrosPerRequest),
      ]),
      percent(medians.serverBusy),
      percent(medians.generatorBusy),
    ];
  });
  return alignedTable([...head, ...ratios], rows);
}

function coldTable(cold: readonly ColdFigures[]): string {
  const head = ["cold", "first ms", "first calls", "p50 ms", "p99 ms", "CPU µs/query", "calls/query", "queries"];
  const figuresOf = (rounds: readonly Cold[]) => {
    const medianOf = (which: keyof Cold) => median(rounds.map((round) => round[which]));
    return [
      figure(medianOf("p50Ms"), 2),
      figure(medianOf("p99Ms"), 1),
      figure(medianOf("cpuMicrosPerQuery")),
      figure(medianOf("callsPerQuery"), 2),
      String(rounds.reduce((sum, { queries }) => sum + queries, 0)),
    ];
  };
  const rows = cold.flatMap(({ name, first, rounds, otherRounds }) => [
    [`ours ${name}`, figure(first.ms, 1), String(first.calls), ...figuresOf(rounds)],
    ...(otherRounds === undefined ? [] : [[`other ${name}`, "-", "-", ...figuresOf(otherRounds)]]),
  ]);
  return alignedTable(head, rows);
}

/** CPU per request of ours against that of the other checkout: the median of the ratios of each round, since both ran side by side. */
function comparison({ warm, otherWarm, cold }: Figures): string {
  const pairs = [
    ...otherWarm.map((other, index) => ({
      name: `warm ${other.name.replace("other ", "")}`,
      ours: warm.at(index - otherWarm.length)?.rounds.map(({ cpuMicrosPerRequest }) => cpuMicrosPerRequest),
      others: other.rounds.map(({ cpuMicrosPerRequest }) => cpuMicrosPerRequest),
    })),
    ...cold.map(({ name, rounds, otherRounds }) => ({
      name: `cold ${name}`,
      ours: rounds.map(({ cpuMicrosPerQuery }) => cpuMicrosPerQuery),
      others: otherRounds?.map(({ cpuMicrosPerQuery }) => cpuMicrosPerQuery),
    })),
  ];
  const rows = pairs.map(({ name, ours = [], others = [] }) => {
    const ratios = ours.map((micros, round) => ratio(micros, others[round]));
    return [name, figure(median(ours)), figure(median(others)), figure(median(ratios), 3), spread(ratios, 2)];
  });
  return alignedTable(["CPU µs", "ours", "other", "ours / other", "min-max"], rows);
}

function ratio(value: number | undefined, of: number | undefined): number | undefined {
  return value === undefined || of === undefined ? undefined : value / of;
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
