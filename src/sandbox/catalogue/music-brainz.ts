/** MusicBrainz IDs of artists, releases and tracks, both ways. Most have one, made from 7digital's id; nothing else has such an ID. */

import type { ChartKind } from "../model.js";
import { falls, hash } from "./hash.js";
import { inverse } from "./permutation.js";

/** Those that the tests of 7digital's schema for .NET name. */
const pinned: Readonly<Record<ChartKind, ReadonlyMap<number, string>>> = {
  artist: new Map([[4, "dfe9a7c4-8cf2-47f4-9dcb-d233c2b86ec3"]]),
  release: new Map([[6990, "b899abe8-2e14-31e0-ac5c-7fa0064fff8c"]]),
  track: new Map([[4, "46e22688-bf7d-4ee2-8f67-e498581408e9"]]),
};
const salts: Readonly<Record<ChartKind, number>> = { artist: 871, release: 872, track: 873 };

/** The first eight digits of an ID are 7digital's id times this, modulo 2³². */
const factor = 0x9e3779b1;
const back = inverse(factor, 0x100000000);

/** Null for the fifth that MusicBrainz does not know. */
export function musicBrainzIdOf(kind: ChartKind, id: number): string | null {
  const known = pinned[kind].get(id);
  if (known !== undefined) return known;
  const salt = salts[kind];
  if (falls(salt, id, 5)) return null;
  const rest = [1, 2, 3].map((part) => hex(hash(salt, id, part))).join("");
  return `${hex(Math.imul(id, factor) >>> 0)}-${rest.slice(0, 4)}-4${rest.slice(5, 8)}-8${rest.slice(9, 12)}-${rest.slice(12)}`;
}

/** @param mbId In any case. Whether there is such an item is for the catalogue to say. */
export function idWithMusicBrainz(kind: ChartKind, mbId: string): number | undefined {
  const wanted = mbId.toLowerCase();
  for (const [id, known] of pinned[kind]) if (known === wanted) return id;
  const id = Math.imul(Number.parseInt(wanted.slice(0, 8), 16), back) >>> 0;
  return musicBrainzIdOf(kind, id) === wanted ? id : undefined;
}

function hex(bits: number): string {
  return bits.toString(16).padStart(8, "0");
}
