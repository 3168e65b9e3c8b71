/** How many releases artists have, and how many tracks on how many discs releases have. The patterns repeat after a thousand
 *  or so; their lengths share no factor, so that artist and release patterns fall together anew each time. */

import type { ReleaseType } from "../model.js";
import { fraction, hash } from "./hash.js";

export interface Shape {
  readonly type: ReleaseType;
  readonly trackCount: number;
}

const artistPatternLength = 997;
const releasePatternLength = 1009;

/** 1 to 45, four on average: most artists have one or two. */
export const releaseCounts: readonly number[] = Array.from(
  { length: artistPatternLength },
  (_, place) => 1 + Math.floor(45 * fraction(1, place) ** 12),
);

export const shapes: readonly Shape[] = Array.from({ length: releasePatternLength }, (_, place) => shapeAt(place));

function shapeAt(place: number): Shape {
  const share = fraction(2, place);
  const among = (least: number, most: number): number => least + (hash(3, place) % (most - least + 1));
  if (share < 0.42) return { type: "Single", trackCount: among(1, 4) };
  if (share < 0.46) return { type: "Video", trackCount: 1 };
  if (share < 0.96) return { type: "Album", trackCount: among(8, 16) };
  if (share < 0.992) return { type: "Album", trackCount: among(20, 60) };
  return { type: "Album", trackCount: among(90, 160) };
}

/** Box sets come on discs of equal length. Up to 19 tracks fit on one disc. */
export function discOf(trackCount: number, place: number): { readonly disc: number; readonly number: number } {
  const discs = Math.ceil(trackCount / 19);
  const perDisc = Math.ceil(trackCount / discs);
  return { disc: Math.floor(place / perDisc) + 1, number: (place % perDisc) + 1 };
}
