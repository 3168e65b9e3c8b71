/** The bars: what each figure has to reach, as ratios within one run, and how this run measures it. They are only ever raised. */
import type { Cold } from "./cold.js";
import type { Figures } from "./figures.js";
import { twoByOne } from "./processes.js";
import { tellsLimit, type Measured } from "./rounds.js";
import type { SubjectId } from "./subjects.js";
import { figure, median } from "./table.js";

/** One figure of a run. */
export interface Reading {
  /** Undefined where it was not measured, or is refused. */
  readonly value: number | undefined;
  /** Why there is none. */
  readonly refused?: string;
  /** The ratio by CPU per request, which other programs on the machine disturb little. */
  readonly byCpu?: number | undefined;
  /** Of the rounds the best by CPU, or of the only measuring. */
  readonly best?: number | undefined;
}

export interface Bar {
  readonly figure: string;
  /** Whether more is better. */
  readonly more: boolean;
  readonly least: number;
  readonly aim: number;
  readonly unit?: "µs" | "ms" | "MB" | "bytes";
  /** Known to be further below than `--quick` allows (half of the bar), with the figure of today: half as good again as that, and it fails. */
  readonly known?: number;
  readonly read: (figures: Figures) => Reading;
}

/** What Q2 reached of an empty Yoga when the bars were set. */
const q2BeforeBars = 0.06;
const megabyte = 1e6;

export const bars: readonly Bar[] = [
  { figure: "warm Q1 ÷ empty Yoga", more: true, least: 6, aim: 8, read: ratio("q1", "yoga") },
  { figure: "warm Q1 ÷ node:http POST", more: true, least: 0.55, aim: 0.8, read: ratio("q1", "floor-post") },
  { figure: "warm Q1, random ids ÷ empty Yoga", more: true, least: 4.5, aim: 7, read: ratio("q1-ids", "yoga") },
  { figure: "warm Q2 ÷ empty Yoga", more: true, least: 5, aim: 8, read: ratio("q2", "yoga") },
  {
    figure: "random Q2 ÷ Q2 when the bars were set",
    more: true,
    least: 6,
    aim: 10,
    read: ratio("q2-random", "yoga", q2BeforeBars),
  },
  { figure: "warm Q1 ÷ naive façade", more: true, least: 15, aim: 28, read: ratio("q1", "naive-q1") },
  { figure: "cold Q1, 20 ms upstream: CPU", more: false, least: 220, aim: 130, unit: "µs", known: 700, read: coldCpu },
  { figure: "cold Q2, 20 ms upstream ÷ by hand", more: false, least: 1.1, aim: 0.95, read: coldRatio },
  {
    figure: "XML to values ÷ fast-xml-parser's tree",
    more: true,
    least: 10,
    aim: 15,
    read: once(({ xml }) => xml && Math.min(...xml.ratios.map(({ ratio }) => ratio))),
  },
  { figure: "heap of a cached release ÷ its XML", more: false, least: 1.5, aim: 1.15, read: once(({ xml }) => xml?.heapRatio) },
  {
    figure: "heap of one release kept of a list of 50",
    more: false,
    least: 6000,
    aim: 4000,
    unit: "bytes",
    read: once(({ xml }) => xml?.heapBytesOfOne),
  },
  {
    figure: "peak resident memory, warm",
    more: false,
    least: 200,
    aim: 150,
    unit: "MB",
    read: once(({ memory }) => memory && memory.peakBytes / megabyte),
  },
  {
    figure: "block of the event loop, 700 kB decoded",
    more: false,
    least: 15,
    aim: 8,
    unit: "ms",
    read: once(({ xml }) => xml?.blockMs),
  },
  { figure: "two processes ÷ one", more: true, least: 1.7, aim: 1.9, read: ({ processes }) => twoByOne(processes) },
];

/** What `--quick` accepts: half of the bar, or, where that is known not to be reached, half as good again as today.
 *  @param slowness Of the machine now, by which times are longer. */
export function leastOfQuick({ least, more, known, unit }: Bar, slowness = 1): number {
  const half = more ? least / 2 : least * 2;
  if (known === undefined) return half;
  if (more) return Math.min(half, known / 1.5);
  return Math.max(half, known * 1.5 * (unit === "µs" ? slowness : 1));
}

/** CPU of the smallest server for one request, in µs, on the machine that the known figures are of (docs/bench.md). */
const usualFloorMicros = 16;

/** How many times as long the smallest server takes as usual: shared machines vary more than our figures. At least 1. */
export function slownessOf({ warm }: Figures): number {
  const floor = warm.find(({ id }) => id === "floor-post")?.rounds.map(({ cpuMicrosPerRequest }) => cpuMicrosPerRequest) ?? [];
  return Math.max(1, (best(floor, Math.min) ?? 0) / usualFloorMicros);
}

export function reaches({ more }: Bar, value: number, bar: number): boolean {
  return more ? value >= bar : value <= bar;
}

function ratio(of: SubjectId, to: SubjectId, today = 1): Bar["read"] {
  return ({ warm }) => {
    const [one, other] = [of, to].map((id) => warm.find((measured) => measured.id === id && measured.build !== "other"));
    if (one === undefined || other === undefined) return { value: undefined, refused: "not measured" };
    const byCpu = one.rounds.map(({ cpuMicrosPerRequest: cpu }, round) => quotient(other.rounds[round]?.cpuMicrosPerRequest, cpu, today));
    const common = { byCpu: median(byCpu), best: best(byCpu, Math.max) };
    const refused = refusal(one) ?? refusal(other);
    if (refused !== undefined) return { ...common, value: undefined, refused };
    return { ...common, value: quotient(one.median.requestsPerSecond, other.median.requestsPerSecond, today) };
  };
}

/** Why requests per second of it say nothing about its server. */
export function refusal({ name, median: medians }: Measured): string | undefined {
  if (tellsLimit(medians)) return undefined;
  const [server, generator] = [medians.serverBusy, medians.generatorBusy].map((share) => figure((share ?? 0) * 100));
  return `${name}: the server was ${String(server)} % busy, the generator ${String(generator)} %`;
}

function coldCpu({ cold }: Figures): Reading {
  const rounds = roundsOf(cold, "q1").map(({ cpuMicrosPerQuery }) => cpuMicrosPerQuery);
  return { value: median(rounds), best: best(rounds, Math.min) };
}

function coldRatio({ cold }: Figures): Reading {
  const byHand = roundsOf(cold, "by-hand");
  const rounds = roundsOf(cold, "q2");
  const ratios = rounds.map(({ p50Ms }, round) => quotient(p50Ms, byHand[round]?.p50Ms, 1));
  const byCpu = rounds.map(({ cpuMicrosPerQuery }, round) => quotient(cpuMicrosPerQuery, byHand[round]?.cpuMicrosPerQuery, 1));
  return { value: median(ratios), byCpu: median(byCpu), best: best(ratios, Math.min) };
}

function roundsOf(cold: readonly Cold[], id: Cold["id"]): Cold["rounds"] {
  return cold.find((one) => one.id === id && one.who !== "other" && one.delayMs > 0)?.rounds ?? [];
}

function once(read: (figures: Figures) => number | undefined): Bar["read"] {
  return (figures) => {
    const value = read(figures);
    return value === undefined ? { value, refused: "not measured" } : { value, best: value };
  };
}

function quotient(value: number | undefined, of: number | undefined, today: number): number | undefined {
  return value === undefined || of === undefined ? undefined : value / of / today;
}

function best(values: readonly (number | undefined)[], pick: (...values: number[]) => number): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : pick(...known);
}
