/** Looks an item up for a method, or fails as the API does. */

import { ApiError } from "../api/errors.js";
import type { Asked } from "../api/method.js";
import type { Artist, Release, Track } from "../model.js";

export function existingArtist(id: number, { catalogue }: Asked): Artist {
  const artist = catalogue.artist(id);
  if (artist === undefined) throw new ApiError(2001, "Artist not found");
  return artist;
}

/** `notFound` because two methods word the same refusal differently. */
export function availableRelease(id: number, { catalogue, store }: Asked, notFound = "Release not found"): Release {
  const release = catalogue.release(id);
  if (release === undefined) throw new ApiError(2001, notFound);
  if (!catalogue.isAvailable(release, store)) throw new ApiError(2002, "Release is not available in this country / shop");
  return release;
}

export function availableTrack(id: number, { catalogue, store }: Asked): Track {
  const track = catalogue.track(id);
  if (track === undefined) throw new ApiError(2001, "Track not found");
  if (!catalogue.isAvailable(track, store)) throw new ApiError(2002, "Track is not available in this country / shop");
  return track;
}

export interface Item {
  readonly release: Release;
  /** Null for the whole release. */
  readonly track: Track | null;
}

/** What somebody wants to buy: the release, or one of its tracks. */
export function soldItem(releaseId: number, trackId: number | undefined, asked: Asked): Item {
  const release = availableRelease(releaseId, asked);
  const track = trackId === undefined ? null : availableTrack(trackId, asked);
  if (track !== null && track.releaseId !== releaseId) throw new ApiError(2001, "Track not found on release");
  const { value } = asked.catalogue.priceOf(track ?? release, asked.store);
  if (value === null) throw new ApiError(2002, "Item is not sold on its own in this country / shop");
  return { release, track };
}
