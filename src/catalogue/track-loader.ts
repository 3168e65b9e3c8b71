/** Tracks by id, for one operation. 7digital has no method for several tracks, but one for all tracks of a release: two or more
 *  tracks of the same release become one `release/tracks` instead of a `track/details` each. */
import DataLoader from "dataloader";
import type { Client } from "../upstream/client.js";
import { UpstreamError } from "../upstream/errors.js";
import type { Session } from "../upstream/session.js";
import type { Listed } from "../shared/listed.js";
import type { MaybePromise } from "../shared/maybe-promise.js";
import type { PageSizeLimit, WindowOf } from "../shared/window-read.js";
import type { TrackFacts } from "./decoders.js";
import { releaseTracks } from "./endpoints/release-tracks.js";
import { trackDetails } from "./endpoints/track-details.js";
import type { Lists } from "./lists.js";

/** The most calls that one track costs: `track/details` may tell it on another release, and `release/tracks` of the right one is asked. */
export const callsForTrack = 2;

/** A track is told from its namesakes on other releases by both ids; without the release 7digital chooses one. */
export interface TrackKey {
  readonly trackId: string;
  readonly releaseId: string | undefined;
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

  function loadOne(key: TrackKey, batch: readonly TrackKey[]): Promise<TrackFacts> {
    const { releaseId } = key;
    const together = releaseId !== undefined && batch.filter((other) => other.releaseId === releaseId).length > 1;
    return together ? fromRelease(key.trackId, releaseId) : fromDetails(key);
  }

  async function fromDetails({ trackId, releaseId }: TrackKey): Promise<TrackFacts> {
    const track = await client.call(trackDetails, { trackId }, session);
    return releaseId === undefined || isOn(track, releaseId) ? track : fromRelease(trackId, releaseId);
  }

  async function fromRelease(trackId: string, releaseId: string): Promise<TrackFacts> {
    const found = await lists.find(releaseTracks, { releaseId }, ({ item }) => item.trackId === trackId);
    if (found !== undefined) return onRelease(found.item, releaseId);
    throw new UpstreamError("NOT_FOUND", "The release does not list the track.", { method: releaseTracks.path });
  }

  function known({ trackId, releaseId }: TrackKey): TrackFacts | undefined {
    const alone = client.peek(trackDetails, { trackId }, session);
    if (releaseId === undefined || (alone !== undefined && isOn(alone, releaseId))) return alone;
    const listed = client.peek(releaseTracks, { releaseId, page: 1, pageSize: limit.value }, session);
    const found = listed?.items.find(({ item }) => item.trackId === trackId);
    return found === undefined ? undefined : onRelease(found.item, releaseId);
  }

  return (key) => known(key) ?? loader.load(key);
}

function isOn(track: TrackFacts, releaseId: string): boolean {
  return track.release === undefined || track.release?.releaseId === releaseId;
}

/** The track with the release it was asked of, for answers that leave the release out. */
function onRelease(track: TrackFacts, releaseId: string): TrackFacts {
  return track.release?.releaseId === releaseId ? track : { ...track, release: { releaseId } };
}

/** The same for a window of a release's tracks. */
export function allOnRelease(read: WindowOf<Listed<TrackFacts>>, releaseId: string): WindowOf<Listed<TrackFacts>> {
  if (read.items.every(({ item }) => item.release?.releaseId === releaseId)) return read;
  return { ...read, items: read.items.map((listed) => ({ ...listed, item: onRelease(listed.item, releaseId) })) };
}
