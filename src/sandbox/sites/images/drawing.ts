/** The two kinds of picture: the cover of a release, and the picture of an artist. Both are SVG, drawn from the id alone. */

import type { Artist, Release } from "../../model.js";
import { html, type Markup } from "../markup.js";
import { brush, circle, path, rectangle, times, type Brush } from "./brush.js";
import { initials } from "./initials.js";
import { motifs } from "./motifs.js";
import { palettes, type Palette } from "./palette.js";

const coverSalt = 0xc07e;
const portraitSalt = 0xface;

/** A pattern, and a strip with the initials of title and artist. */
export function cover({ id, title, appearsAs }: Release, width: number): string {
  const choices = brush(coverSalt, id);
  const colours = choices.choose(palettes);
  const pattern = choices.choose(motifs)(choices, colours);
  const top = choices.choose([76, 76, 0]);
  const strip = [
    rectangle(0, top, 100, 24, colours.strip),
    text(initials(title), { x: 5, y: top + 17.5, size: 16, anchor: "start" }, colours),
    text(initials(appearsAs), { x: 95, y: top + 17.5, size: 9, anchor: "end" }, colours),
  ];
  return svg(`${title}, ${appearsAs}`, width, [rectangle(0, 0, 100, 100, colours.ground), ...pattern, ...strip]);
}

/** People in a spotlight, as many as the id says, and the initials of the name. */
export function portrait({ id, name }: Artist, width: number): string {
  const choices = brush(portraitSalt, id);
  const colours = choices.choose(palettes);
  const [light, haze, glow] = colours.shapes;
  const spot = choices.between(25, 75);
  const people = choices.choose([1, 1, 2, 3, 4]);
  const content = [
    rectangle(0, 0, 100, 100, colours.ground),
    path(["M", spot - 8, 0, "h", 16, "L", spot + 55, 100, "H", spot - 55, "z"], haze),
    circle(spot, 48, choices.between(26, 38), glow),
    circle(spot, 48, choices.between(14, 22), light),
    ...times(people, (index) => person(choices, (100 / (people + 1)) * (index + 1), people, colours.strip)).flat(),
    text(initials(name), { x: 50, y: 95, size: 14, anchor: "middle" }, colours),
  ];
  return svg(name, width, content);
}

/** Head and shoulders. The more people, the smaller they are. */
function person(choices: Brush, x: number, people: number, fill: string): readonly Markup[] {
  const head = (people === 1 ? 15 : people === 2 ? 12 : 10) * choices.between(0.9, 1.1);
  const y = choices.between(40, 50);
  const [wide, neck] = [head * 2, y + head * 1.25];
  const shoulders = path(["M", x - wide, 101, "C", x - wide, neck, x - head, neck, x, neck, "S", x + wide, neck, x + wide, 101, "z"], fill);
  return [circle(x, y, head, fill), shoulders];
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly anchor: "start" | "middle" | "end";
}

function text(letters: string, { x, y, size, anchor }: Place, { ink }: Palette): Markup {
  return html`<text x="${x}" y="${y}" font-size="${size}" text-anchor="${anchor}" fill="${ink}">${letters}</text>`;
}

function svg(label: string, width: number, content: readonly Markup[]): string {
  const { text: drawn } = html`<svg
    xmlns="http://www.w3.org/2000/svg"
    width="${width}"
    height="${width}"
    viewBox="0 0 100 100"
    role="img"
    font-family="system-ui, sans-serif"
    font-weight="700"
  >
    <title>${xmlText(label)}</title>
    ${content}
  </svg>`;
  return drawn;
}

/** Without what an XML document must not contain. */
function xmlText(value: string): string {
  return value.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "");
}
