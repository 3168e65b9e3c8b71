/** All hand-written artists with their seats: they sit before the arithmetic ones, in this order. */

import type { DocumentedArtist, DocumentedRelease, DocumentedTrack } from "./entry.js";
import { catalogueExamples } from "./catalogue-examples.js";
import { dateAndNameExamples } from "./date-and-name-examples.js";
import { keane } from "./keane.js";
import { shopExamples } from "./shop-examples.js";

export const documentedArtists: readonly DocumentedArtist[] = [keane, ...catalogueExamples, ...dateAndNameExamples, ...shopExamples];

/** One entry for every release of a documented artist; undefined where the document leaves the release to the arithmetic. */
export const documentedReleases: readonly (DocumentedRelease | undefined)[] = documentedArtists.flatMap((artist) =>
  Array.from({ length: artist.releaseCount }, (_, place) => artist.releases[place]),
);

export function documentedTrack(release: DocumentedRelease | undefined, place: number): DocumentedTrack | undefined {
  return release?.tracks?.find((track) => track.number === place + 1);
}
