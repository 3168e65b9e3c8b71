/** How the hand-written part of the catalogue is written down: what the API document shows, and nothing it leaves out. The
 *  arithmetic fills every field that is missing here. */

import type { Release, Track } from "../../model.js";

export interface DocumentedTrack extends Partial<Pick<Track, "version" | "duration" | "isrc" | "explicit">> {
  /** Missing where only the title is known: the arithmetic then gives an id. */
  readonly id?: number;
  readonly title?: string;
  /** Position on the release, from 1. */
  readonly number: number;
  /** Decimal text by country, e.g. { GB: "0.99" }. */
  readonly prices?: Readonly<Record<string, string>>;
}

export interface DocumentedRelease extends Partial<
  Pick<
    Release,
    | "version"
    | "type"
    | "barcode"
    | "year"
    | "explicit"
    | "slug"
    | "releaseDate"
    | "addedDate"
    | "label"
    | "licensor"
    | "popularity"
    | "tags"
  >
> {
  readonly id?: number;
  readonly title: string;
  readonly trackCount: number;
  readonly tracks?: readonly DocumentedTrack[];
  readonly prices?: Readonly<Record<string, string>>;
}

export interface DocumentedArtist {
  readonly id: number;
  readonly name: string;
  /** Missing where it is the name. */
  readonly sortName?: string;
  readonly popularity: number;
  readonly tags: readonly string[];
  /** How many releases the artist has, the documented ones first. */
  readonly releaseCount: number;
  readonly releases: readonly DocumentedRelease[];
  readonly topTrackCount?: number;
  readonly similar?: { readonly total: number; readonly first: readonly number[] };
}
