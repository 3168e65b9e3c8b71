/** What lockers tell of the things in them, always and in every shape they have had. */
import { creditedArtist, releaseInBrief } from "../catalogue/told.js";
import type { Told } from "../graph/extensions.js";

/** Lockers do not bound how many tracks of a release they hold. More are bounded by what an operation may call while it runs. */
export const usualTracks = 25;

/** Of a purchase that holds more than one. */
export const usualReleases = 10;

/** A release, and the tracks of it that are owned. */
export const ownedRelease: Told = {
  release: { ...releaseInBrief, releaseDate: {} },
  tracks: {
    track: { title: {}, version: {}, artist: creditedArtist, artistCredit: {}, url: {}, releaseId: {}, release: releaseInBrief },
  },
};
