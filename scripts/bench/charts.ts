/** Charts as SVG, legible on light and on dark pages. */

interface Labelled {
  readonly label: string;
  readonly value: number;
  /** As written beside it. */
  readonly text: string;
  /** Set apart from the others. */
  readonly isOurs: boolean;
}

const width = 760;
const style = `<style>
  text { font: 13px system-ui, sans-serif; fill: #1f2328; }
  .title { font-weight: 600; font-size: 15px; }
  .quiet { fill: #59636e; }
  .other { fill: #8c959f; }
  .ours { fill: #0969da; }
  .grid { stroke: #d1d9e0; }
  .line { stroke: #0969da; stroke-width: 2; fill: none; }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc; }
    .quiet { fill: #9198a1; }
    .other { fill: #656c76; }
    .ours { fill: #4493f8; }
    .grid { stroke: #3d444d; }
    .line { stroke: #4493f8; }
  }
</style>`;

function svg(height: number, title: string, content: readonly string[]): string {
  const open = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`;
  return [open, `<title>${escaped(title)}</title>`, style, text(0, 18, title, "title"), ...content, "</svg>", ""].join("\n");
}

const labelWidth = 240;
const valueWidth = 90;
const rowHeight = 24;
const barTop = 34;

/** Horizontal bars from 0. */
export function barChart(title: string, rows: readonly Labelled[]): string {
  const most = Math.max(...rows.map(({ value }) => value));
  const lines = rows.flatMap(({ label, value, text: shown, isOurs }, index) => {
    const y = barTop + index * rowHeight;
    const length = Math.max(1, (value / most) * (width - labelWidth - valueWidth));
    return [
      text(labelWidth - 8, y + 15, label, "", "end"),
      `<rect class="${isOurs ? "ours" : "other"}" x="${labelWidth}" y="${y + 2}" width="${length.toFixed(1)}" height="${rowHeight - 6}" rx="2"/>`,
      text(labelWidth + length + 6, y + 15, shown, "quiet"),
    ];
  });
  return svg(barTop + rows.length * rowHeight + 6, title, lines);
}

interface Curve {
  readonly title: string;
  /** What is on the axes. */
  readonly x: string;
  readonly y: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

const plot = { left: 80, right: width - 30, top: 56, bottom: 250 };
const gridLines = 4;

/** One line, its x logarithmic, its y from 0. */
export function lineChart({ title, x: xLabel, y: yLabel, points }: Curve): string {
  const logs = points.map(({ x }) => Math.log(x));
  const [first, last] = [Math.min(...logs), Math.max(...logs)];
  const most = roundUp(Math.max(...points.map(({ y }) => y)));
  const across = (x: number) => plot.left + ((Math.log(x) - first) / Math.max(1e-9, last - first)) * (plot.right - plot.left);
  const up = (y: number) => plot.bottom - (y / most) * (plot.bottom - plot.top);
  const grid = Array.from({ length: gridLines + 1 }, (_, index) => (most * index) / gridLines).flatMap((value) => [
    `<line class="grid" x1="${plot.left}" x2="${plot.right}" y1="${up(value).toFixed(1)}" y2="${up(value).toFixed(1)}"/>`,
    text(plot.left - 8, up(value) + 4, compact(value), "quiet", "end"),
  ]);
  const path = points.map(({ x, y }, index) => `${index === 0 ? "M" : "L"}${across(x).toFixed(1)} ${up(y).toFixed(1)}`).join("");
  const dots = points.flatMap(({ x, y }) => [
    `<circle class="ours" cx="${across(x).toFixed(1)}" cy="${up(y).toFixed(1)}" r="3.5"/>`,
    text(across(x), plot.bottom + 18, compact(x), "quiet", "middle"),
  ]);
  const labels = [text(0, 42, yLabel, "quiet"), text(plot.right, plot.bottom + 38, xLabel, "quiet", "end")];
  return svg(plot.bottom + 50, title, [...labels, ...grid, `<path class="line" d="${path}"/>`, ...dots]);
}

/** To a number whose quarters are round. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 4, 6, 8, 10].find((step) => step * power >= value) ?? 10) * power;
}

function compact(value: number): string {
  if (value >= 1e6) return `${Number((value / 1e6).toPrecision(3))}M`;
  return value >= 1e4 ? `${Number((value / 1e3).toPrecision(3))}k` : String(Number(value.toPrecision(3)));
}

function text(x: number, y: number, content: string, kind: string, anchor = "start"): string {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" class="${kind}" text-anchor="${anchor}">${escaped(content)}</text>`;
}

function escaped(content: string): string {
  return content.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
