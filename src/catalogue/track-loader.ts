/** Tracks by id, for one operation. 7digital has no method for several tracks, but one for all tracks of a release: a track whose release is
 *  known is looked for there, and all that are asked for together cost one `release/tracks` (docs/decisions/0009). */
import DataLoader from "dataloader";
import type { Client } from "../upstream/client.js";
import { UpstreamError } from "../upstream/errors.js";
import type { Session } from "../upstream/session.js";
import { isReadable } from "../upstream/unreadable.js";
import type { Listed } from "../shared/listed.js";
import type { MaybePromise } from "../shared/maybe-promise.js";
import { isSameId, requireSameId } from "../shared/same-id.js";
import type { PageSizeLimit, WindowOf } from "../shared/window-read.js";
import type { TrackFacts } from "./decoders.js";
import { releaseTracks } from "./endpoints/release-tracks.js";
import { trackDetails } from "./endpoints/track-details.js";
import type { Lists } from "./lists.js";
import { releaseIdOf } from "./release-reading.js";

/** The most calls that finding one track by its ids costs: `track/details` may tell it on another release than was asked. */
export const callsForTrack = 2;

/** A track is told from its namesakes on other releases by both ids; without the release 7digital chooses one. */
export interface TrackKey {
  readonly trackId: string;
  readonly releaseId: string | undefined;
  /** Whether more is wanted of its release than the id, which `track/details` tells and `release/tracks` does not. */
  readonly withRelease?: boolean;
}

/** What the loader asks, and in whose name. */
interface TrackSource {
  readonly client: Client;
  readonly session: Session;
  readonly lists: Lists;
  readonly limit: PageSizeLimit;
}

/** Rejects with NOT_FOUND where there is no such track, or it is not on that release. */
export function createTrackLoader({ client, session, lists, limit }: TrackSource): (key: TrackKey) => MaybePromise<TrackFacts> {
  const loader = new DataLoader<TrackKey, TrackFacts, string>(
    (keys) => Promise.all(keys.map((key) => loadOne(key, keys).catch((error: unknown) => error as Error))),
    { cacheKeyFn: ({ trackId, releaseId }) => `${trackId}:${releaseId ?? ""}` },
  );

  /** On its release, where that is known: there is no doubt which track is meant, and one answer serves all of them. */
  function loadOne({ trackId, releaseId, withRelease }: TrackKey, batch: readonly TrackKey[]): Promise<TrackFacts> {
    if (releaseId === undefined) return fromDetails(trackId);
    const alone = batch.filter((other) => other.releaseId === releaseId).length === 1;
    return alone && withRelease ? withItsRelease(trackId, releaseId) : fromRelease(trackId, releaseId);
  }

  async function fromDetails(trackId: string): Promise<TrackFacts> {
    const track = await client.call(trackDetails, { trackId }, session);
    requireSameId({ method: trackDetails.path, asked: trackId, answered: track.trackId });
    const releaseId = releaseIdOf(track);
    // Whatever it does not tell will be asked of it with its release.
    if (releaseId !== undefined) loader.prime({ trackId, releaseId }, track);
    return track;
  }

  async function withItsRelease(trackId: string, releaseId: string): Promise<TrackFacts> {
    try {
      const track = await client.call(trackDetails, { trackId }, session);
      if (isSameId(trackId, track.trackId) && isOn(track, releaseId)) return track;
    } catch (error) {
      // Its release lists it all the same.
      if (!(error instanceof UpstreamError) || error.code !== "NOT_AVAILABLE_IN_COUNTRY") throw error;
    }
    return fromRelease(trackId, releaseId);
  }

  async function fromRelease(trackId: string, releaseId: string): Promise<TrackFacts> {
    const found = await lists.find(releaseTracks, { releaseId }, ({ item }) => item.trackId === trackId);
    if (found !== undefined) return onRelease(found.item, releaseId);
    throw new UpstreamError("NOT_FOUND", "The release does not list the track.", { method: releaseTracks.path });
  }

  function known({ trackId, releaseId }: TrackKey): TrackFacts | undefined {
    const told = client.peek(trackDetails, { trackId }, session);
    const alone = told !== undefined && isSameId(trackId, told.trackId) ? told : undefined;
    if (releaseId === undefined || (alone !== undefined && isOn(alone, releaseId))) return alone;
    const listed = client.peek(releaseTracks, { releaseId, page: 1, pageSize: limit.value }, session);
    const found = listed?.items.filter((one) => isReadable(one)).find(({ item }) => item.trackId === trackId);
    return found === undefined ? undefined : onRelease(found.item, releaseId);
  }

  return (key) => known(key) ?? loader.load(key);
}

function isOn(track: TrackFacts, releaseId: string): boolean {
  return track.release === undefined || releaseIdOf(track) === releaseId;
}

/** The track with the release it was asked of, for answers that leave the release out. */
function onRelease(track: TrackFacts, releaseId: string): TrackFacts {
  return releaseIdOf(track) === releaseId ? track : { ...track, release: { releaseId } };
}

/** The same for a window of a release's tracks. */
export function allOnRelease(read: WindowOf<Listed<TrackFacts>>, releaseId: string): WindowOf<Listed<TrackFacts>> {
  if (read.items.every(({ item }) => releaseIdOf(item) === releaseId)) return read;
  return { ...read, items: read.items.map((listed) => ({ ...listed, item: onRelease(listed.item, releaseId) })) };
}
