/** Puts the figures of a run into tables, for the terminal and for docs/bench.md. */
import { bars, leastOfQuick, reaches, refusal, slownessOf, type Bar, type Reading } from "./bars.js";
import type { Cold, ColdRound } from "./cold.js";
import type { Figures } from "./figures.js";
import type { Measured } from "./rounds.js";
import { alignedTable, figure, median, spread, times, type Table } from "./table.js";

export interface Titled {
  readonly title: string;
  readonly table: Table;
}

export function tablesOf(figures: Figures): readonly Titled[] {
  const { warm, cold, curves, firsts } = figures;
  const hasOther = warm.some(({ build }) => build === "other");
  return [
    { title: "Bars", table: barTable(figures) },
    { title: "Warm", table: warmTable(warm) },
    { title: "Cold", table: coldTable(cold) },
    {
      title: "First of a new process",
      table: { head: ["query", "ms", "upstream calls"], rows: firsts.map(({ name, ms, calls }) => [name, figure(ms, 1), String(calls)]) },
    },
    ...(curves
      ? [
          { title: "Length of a list", table: curveTable("releases", curves.lists) },
          { title: "Requests at once", table: curveTable("connections", curves.concurrency) },
          { title: "Cached releases", table: cachedTable(curves.cached) },
        ]
      : []),
    ...(hasOther ? [{ title: "CPU beside the other checkout", table: comparison(figures) }] : []),
  ];
}

export function report(figures: Figures): string {
  const tables = tablesOf(figures).map(({ title, table }) => `${title}\n${alignedTable(table.head, table.rows)}`);
  // The bars last: they are the result.
  return [...tables.slice(1), ...tables.slice(0, 1), figures.machine].join("\n\n");
}

/** Every reason why the run is no good, one line each. */
export function failures({ warm }: Figures): readonly string[] {
  return warm
    .filter(({ upstreamCalls }) => upstreamCalls !== undefined && upstreamCalls > 0)
    .map(({ name, upstreamCalls }) => `${name}: ${figure(upstreamCalls)} upstream calls in warm rounds, where there must be none.`);
}

/** Figures that are not shown, since the run does not tell them. */
export function refusals(figures: Figures): readonly string[] {
  return bars.flatMap((bar) => {
    const { value, best, refused } = bar.read(figures);
    return value === undefined && best !== undefined ? [`${bar.figure}: ${String(refused)}.`] : [];
  });
}

/** What `--quick` finds too low. */
export function tooLow(figures: Figures): readonly string[] {
  const slowness = slownessOf(figures);
  return bars.flatMap((bar) => {
    const { best } = bar.read(figures);
    const limit = leastOfQuick(bar, slowness);
    if (best === undefined || reaches(bar, best, limit)) return [];
    return [`${bar.figure}: ${valueOf(bar, best)}, where ${valueOf(bar, limit)} is the limit.`];
  });
}

function barTable(figures: Figures): Table {
  const head = ["figure", "measured", "by CPU", "at least", "aim", ""];
  const rows = bars.map((bar) => {
    const reading = bar.read(figures);
    const sign = bar.more ? "≥" : "≤";
    return [
      bar.figure,
      reading.value === undefined ? (reading.best === undefined ? "-" : "refused") : valueOf(bar, reading.value),
      reading.byCpu === undefined ? "" : valueOf(bar, reading.byCpu),
      `${sign} ${valueOf(bar, bar.least)}`,
      `${sign} ${valueOf(bar, bar.aim)}`,
      verdict(bar, reading),
    ];
  });
  return { head, rows };
}

function verdict(bar: Bar, { value, refused }: Reading): string {
  if (value === undefined) return refused ?? "";
  if (reaches(bar, value, bar.aim)) return "reaches the aim";
  return reaches(bar, value, bar.least) ? "reached" : "below";
}

function valueOf({ unit }: Bar, value: number): string {
  if (unit === undefined) return `${Number(value.toPrecision(3))}x`;
  return `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ${unit}`;
}

function warmTable(warm: readonly Measured[]): Table {
  const head = [
    "warm",
    "RPS",
    "p50 ms",
    "p99 ms",
    "CPU µs",
    "min-max",
    "bytes",
    "calls",
    "RPS ÷ Yoga",
    "CPU ÷ Yoga",
    "server",
    "generator",
  ];
  const yoga = warm.find(({ id }) => id === "yoga")?.median;
  const rows = warm.map((measured) => {
    const { name, median: medians, rounds, connections } = measured;
    const isRefused = refusal(measured) !== undefined;
    return [
      name + (connections === warm[0]?.connections ? "" : ` (${connections} at once)`),
      figure(medians.requestsPerSecond) + (isRefused ? "*" : ""),
      figure(medians.p50Ms, 2),
      figure(medians.p99Ms, 1),
      figure(medians.cpuMicrosPerRequest, 1),
      spread(rounds.map(({ cpuMicrosPerRequest }) => cpuMicrosPerRequest)),
      figure(medians.answerBytes),
      measured.upstreamCalls === undefined ? "-" : figure(measured.upstreamCalls),
      isRefused ? "refused" : times(medians.requestsPerSecond, yoga?.requestsPerSecond),
      times(yoga?.cpuMicrosPerRequest, medians.cpuMicrosPerRequest),
      percent(medians.serverBusy),
      percent(medians.generatorBusy),
    ];
  });
  return { head, rows };
}

function coldTable(cold: readonly Cold[]): Table {
  const head = ["cold", "upstream", "p50 ms", "CPU µs", "min-max", "calls", "queries"];
  const rows = cold.map(({ who, name, delayMs, rounds }) => {
    const medianOf = (which: keyof ColdRound) => median(rounds.map((round) => round[which]));
    return [
      `${who} ${name}`,
      `${delayMs} ms`,
      figure(medianOf("p50Ms"), 2),
      figure(medianOf("cpuMicrosPerQuery")),
      spread(rounds.map(({ cpuMicrosPerQuery }) => cpuMicrosPerQuery)),
      figure(medianOf("callsPerQuery"), 2),
      String(rounds.reduce((sum, { queries }) => sum + queries, 0)),
    ];
  });
  return { head, rows };
}

function curveTable(of: string, points: readonly { readonly size: number; readonly measured: Measured }[]): Table {
  const head = [of, "RPS", "p50 ms", "p99 ms", "CPU µs", "bytes", "server", "generator"];
  const rows = points.map(({ size, measured }) => {
    const { median: medians } = measured;
    return [
      String(size),
      figure(medians.requestsPerSecond) + (refusal(measured) === undefined ? "" : "*"),
      figure(medians.p50Ms, 2),
      figure(medians.p99Ms, 1),
      figure(medians.cpuMicrosPerRequest, 1),
      figure(medians.answerBytes),
      percent(medians.serverBusy),
      percent(medians.generatorBusy),
    ];
  });
  return { head, rows };
}

function cachedTable(cached: NonNullable<Figures["curves"]>["cached"]): Table {
  const rows = cached.map(({ releases, bytesEach, lookupMicros }) => [
    String(releases),
    figure(bytesEach),
    figure((bytesEach * releases) / 2 ** 20, 1),
    figure(lookupMicros, 1),
  ]);
  return { head: ["releases", "bytes each", "MiB in all", "CPU µs per lookup"], rows };
}

/** CPU per request of ours against that of the other checkout: the median of the ratios of each round, since both ran side by side. */
function comparison({ warm, cold }: Figures): Table {
  const ofWarm = (measured: Measured) => measured.rounds.map(({ cpuMicrosPerRequest }) => cpuMicrosPerRequest);
  const ofCold = ({ rounds }: Cold) => rounds.map(({ cpuMicrosPerQuery }) => cpuMicrosPerQuery);
  const pairs = [
    ...warm.flatMap((other) => {
      const ours = warm.find(({ id, build }) => id === other.id && build === "ours");
      return other.build === "other" && ours
        ? [{ name: `warm ${other.name.replace("other ", "")}`, ours: ofWarm(ours), others: ofWarm(other) }]
        : [];
    }),
    ...cold.flatMap((other) => {
      const ours = cold.find(({ id, who, delayMs }) => id === other.id && who === "ours" && delayMs === other.delayMs);
      return other.who === "other" && ours
        ? [{ name: `cold ${other.name}, ${other.delayMs} ms`, ours: ofCold(ours), others: ofCold(other) }]
        : [];
    }),
  ];
  const rows = pairs.map(({ name, ours, others }) => {
    const ratios = ours.map((micros, round) => quotient(micros, others[round]));
    return [name, figure(median(ours), 1), figure(median(others), 1), figure(median(ratios), 3), spread(ratios, 2)];
  });
  return { head: ["CPU µs", "ours", "other", "ours ÷ other", "min-max"], rows };
}

function quotient(value: number | undefined, of: number | undefined): number | undefined {
  return value === undefined || of === undefined ? undefined : value / of;
}

function percent(share: number | undefined): string {
  return share === undefined ? "n/a" : `${figure(share * 100)}%`;
}
