/** What a cover shows: one of these patterns, in the colours of its palette. */

import type { Markup } from "../markup.js";
import { circle, path, rectangle, times, type Brush } from "./brush.js";
import type { Palette } from "./palette.js";

type Motif = (brush: Brush, colours: Palette) => readonly Markup[];

const rings: Motif = (brush, { shapes, ground }) => {
  const [x, y] = [brush.between(20, 80), brush.between(20, 70)];
  const step = brush.between(6, 11);
  const fills = [...shapes, ground];
  return times(9, (index) => circle(x, y, step * (9 - index), fills[index % fills.length] ?? ground));
};

const stripes: Motif = (brush, { shapes }) => {
  const lean = brush.choose([-60, -30, 30, 60]);
  let x = -70;
  return times(12, (index) => {
    const width = brush.between(4, 12);
    x += width + brush.between(3, 9);
    return path(["M", x, 0, "h", width, "l", lean, 100, "h", -width, "z"], shapes[index % 3] ?? shapes[0]);
  });
};

const dots: Motif = (brush, { shapes }) => {
  const across = brush.choose([5, 6, 8]);
  const cell = 100 / across;
  const [largest, slope] = [cell * 0.48, brush.between(0.3, 1)];
  return times(across * across, (index) => {
    const [column, row] = [index % across, Math.floor(index / across)];
    const shrink = 1 - slope * (row / across) * brush.between(0.6, 1);
    return circle((column + 0.5) * cell, (row + 0.5) * cell, largest * Math.max(0.15, shrink), brush.choose(shapes));
  });
};

const waves: Motif = (brush, { shapes }) => {
  const [length, height] = [brush.between(30, 60), brush.between(5, 12)];
  return times(7, (index) => {
    const [start, y] = [-brush.between(0, length), 8 + index * 13];
    const humps = times(8, () => ["q", length / 4, -height, length / 2, 0, "t", length / 2, 0]).flat();
    return path(["M", start, y, ...humps, "V", 110, "H", start, "z"], shapes[index % 3] ?? shapes[0]);
  });
};

const triangles: Motif = (brush, { shapes }) => {
  const across = brush.choose([3, 4, 5]);
  const cell = 100 / across;
  return times(across * across, (index) => {
    const [x, y] = [(index % across) * cell, Math.floor(index / across) * cell];
    const corner = brush.choose([
      ["M", x, y, "h", cell, "v", cell],
      ["M", x, y, "v", cell, "h", cell],
      ["M", x, y, "h", cell, "l", -cell, cell],
      ["M", x + cell, y, "v", cell, "h", -cell],
    ]);
    return path([...corner, "z"], brush.choose(shapes));
  });
};

const sunset: Motif = (brush, { shapes, ground, strip }) => {
  const [x, y, radius] = [brush.between(35, 65), brush.between(38, 48), brush.between(22, 32)];
  const slits = times(5, (index) => rectangle(0, y + index * 6, 100, 1 + index * 0.6, ground));
  const hills = [shapes[1], shapes[2], strip].map((fill, index) => {
    const [left, peak, right] = [brush.between(58, 70), brush.between(30, 60), brush.between(58, 72)];
    return path(
      ["M", 0, left + index * 7, "Q", brush.between(25, 75), peak + index * 12, 100, right + index * 7, "V", 100, "H", 0, "z"],
      fill,
    );
  });
  return [circle(x, y, radius, shapes[0]), ...slits, ...hills];
};

const blocks: Motif = (brush, { shapes, strip }) => {
  const [x, y] = [brush.between(25, 70), brush.between(20, 55)];
  const [x2, y2] = [brush.between(15, x - 5), brush.between(y + 8, 70)];
  const line = brush.between(1.2, 3);
  return [
    rectangle(0, 0, x, y, shapes[0]),
    rectangle(x, y, 100 - x, 100 - y, shapes[1]),
    rectangle(0, y2, x2, 100 - y2, shapes[2]),
    rectangle(x - line / 2, 0, line, 100, strip),
    rectangle(0, y - line / 2, 100, line, strip),
    rectangle(0, y2 - line / 2, x, line, strip),
    rectangle(x2 - line / 2, y, line, 100 - y, strip),
  ];
};

const quarters: Motif = (brush, { shapes }) => {
  const across = brush.choose([3, 4]);
  const cell = 100 / across;
  return times(across * across, (index) => {
    const [x, y] = [(index % across) * cell, Math.floor(index / across) * cell];
    const arc = (sweep: 0 | 1, toX: number, toY: number) => ["a", cell, cell, 0, 0, sweep, toX, toY, "z"];
    const quarter = brush.choose([
      ["M", x, y, "h", cell, ...arc(1, -cell, cell)],
      ["M", x + cell, y, "v", cell, ...arc(1, -cell, -cell)],
      ["M", x + cell, y + cell, "h", -cell, ...arc(1, cell, -cell)],
      ["M", x, y + cell, "v", -cell, ...arc(1, cell, cell)],
    ]);
    return path(quarter, brush.choose(shapes));
  });
};

export const motifs: readonly Motif[] = [rings, stripes, dots, waves, triangles, sunset, blocks, quarters];
