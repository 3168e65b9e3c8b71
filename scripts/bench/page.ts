/** Writes the figures of a run into docs/bench.md, with charts beside it. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";
import { barChart, lineChart } from "./charts.js";
import type { Figures } from "./figures.js";
import { tablesOf } from "./report.js";
import { markdownTable } from "./table.js";

const begin = "<!-- figures: written by `npm run bench -- --write` -->";
const end = "<!-- end of figures -->";

export async function writePage(root: string, figures: Figures): Promise<void> {
  const file = join(root, "docs/bench.md");
  const page = readFileSync(file, "utf8");
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error("docs/bench.md has no place for the figures.");
  const charts = chartsOf(figures);
  const folder = join(root, "docs/bench");
  mkdirSync(folder, { recursive: true });
  for (const { name, svg } of charts) writeFileSync(join(folder, `${name}.svg`), svg);
  const sections = tablesOf(figures).map(({ title, table }) => {
    const shown = charts.filter(({ section }) => section === title).map(({ name, alt }) => `![${alt}](bench/${name}.svg)`);
    return [`### ${title}`, ...shown, markdownTable(table)].join("\n\n");
  });
  const written = [begin, `${new Date().toISOString().slice(0, 10)}. ${figures.machine}.`, ...sections, ""].join("\n\n");
  const options = { parser: "markdown", printWidth: 140 };
  writeFileSync(file, await format(page.slice(0, from) + written + page.slice(to), options));
}

interface Chart {
  readonly name: string;
  /** Of the table that it belongs to. */
  readonly section: string;
  readonly alt: string;
  readonly svg: string;
}

function chartsOf({ warm, curves }: Figures): readonly Chart[] {
  const yoga = warm.find(({ id }) => id === "yoga")?.median.cpuMicrosPerRequest ?? NaN;
  const bars = warm.map((measured) => {
    const value = yoga / (measured.median.cpuMicrosPerRequest ?? NaN);
    return { label: measured.name, value, text: `${Number(value.toPrecision(2))}x`, isOurs: measured.build === "ours" };
  });
  const warmTitle = "Responses per CPU time, where an empty Yoga is 1";
  const charts = [{ name: "warm", section: "Warm", alt: warmTitle, svg: barChart(warmTitle, bars) }];
  if (curves === undefined) return charts;
  const ofLists = curves.lists.map(({ size, measured }) => ({ x: size, y: measured.median.cpuMicrosPerRequest ?? NaN }));
  const ofConnections = curves.concurrency.map(({ size, measured }) => ({ x: size, y: measured.median.cpuMicrosPerRequest ?? NaN }));
  const ofCached = curves.cached.map(({ releases, bytesEach }) => ({ x: releases, y: bytesEach }));
  return [
    ...charts,
    curve("lists", "Length of a list", { title: "CPU for a warm list", x: "releases", y: "µs of CPU", points: ofLists }),
    curve("concurrency", "Requests at once", { title: "CPU for a warm Q1", x: "connections", y: "µs of CPU", points: ofConnections }),
    curve("cached", "Cached releases", { title: "Memory of a cached release", x: "releases", y: "bytes each", points: ofCached }),
  ];
}

function curve(name: string, section: string, drawn: Parameters<typeof lineChart>[0]): Chart {
  return { name, section, alt: `${drawn.title}: ${drawn.y} by ${drawn.x}`, svg: lineChart(drawn) };
}
