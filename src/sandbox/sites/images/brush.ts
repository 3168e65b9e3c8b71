/** Draws from an id: the same id gives the same choices in every process. All lengths are in hundredths of the picture's width. */

import { fraction, hash } from "../../catalogue/hash.js";
import { html, type Markup } from "../markup.js";

export interface Brush {
  /** At least `least`, less than `most`. */
  between(least: number, most: number): number;
  choose<T>(list: readonly T[]): T;
}

/** `salt` keeps a cover and a picture with the same id apart. Each choice depends on the choices before it. */
export function brush(salt: number, id: number): Brush {
  let choices = 0;
  return {
    between: (least, most) => least + fraction(salt, id, choices++) * (most - least),
    choose: (list) => {
      const chosen = list[hash(salt, id, choices++) % list.length];
      if (chosen === undefined) throw new RangeError("nothing to choose from");
      return chosen;
    },
  };
}

export function circle(x: number, y: number, radius: number, fill: string): Markup {
  return html`<circle cx="${short(x)}" cy="${short(y)}" r="${short(radius)}" fill="${fill}" />`;
}

export function rectangle(x: number, y: number, width: number, height: number, fill: string): Markup {
  return html`<rect x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}" fill="${fill}" />`;
}

/** Numbers in the commands are rounded. */
export function path(commands: readonly (string | number)[], fill: string): Markup {
  const d = commands.map((part) => (typeof part === "number" ? short(part) : part)).join(" ");
  return html`<path d="${d}" fill="${fill}" />`;
}

function short(length: number): number {
  return Math.round(length * 10) / 10;
}

/** Numbers from 0. */
export function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}
