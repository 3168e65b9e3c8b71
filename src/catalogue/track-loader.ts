/** Tracks by id, for one operation. A track whose release is known is looked for among the tracks of the release, and tracks of one release
 *  cost one `release/tracks` together (docs/decisions/0009). Where batches are turned on, tracks of many releases are asked for by their own
 *  ids, and only those that are not found on their release that way are looked for there (docs/decisions/0030). */
import DataLoader from "dataloader";
import { UpstreamError } from "../upstream/errors.js";
import { isReadable } from "../upstream/xml/unreadable.js";
import type { Listed } from "../shared/listed.js";
import { listsAreCheaper } from "../shared/batches.js";
import type { MaybePromise } from "../shared/maybe-promise.js";
import { once } from "../shared/once.js";
import { isSameId, requireSameId } from "../shared/same-id.js";
import type { WindowOf } from "../shared/window-read.js";
import type { TrackFacts } from "./decoders.js";
import { batchedDetails, type Asking } from "./details.js";
import { releaseTracks } from "./endpoints/release.js";
import { trackDetails, trackDetailsBatch } from "./endpoints/track.js";
import type { Lists } from "./lists.js";
import { releaseIdOf } from "./release-reading.js";

/** The same recording on another release is another track: both ids tell which one is meant. Without the release 7digital chooses one. */
export interface TrackKey {
  readonly trackId: string;
  readonly releaseId: string | undefined;
}

interface TrackSource extends Asking {
  readonly lists: Pick<Lists, "find" | "peekFirst" | "hasFirst">;
}

/** Rejects with NOT_FOUND where there is no such track, or it is not on that release. */
export function createTrackLoader(source: TrackSource): (key: TrackKey) => MaybePromise<TrackFacts> {
  const { client, session, lists, batchSize } = source;
  const details = once(() => batchedDetails(source, trackDetailsBatch));
  const loader = once(
    () =>
      new DataLoader<TrackKey, TrackFacts, string>(
        (keys) => {
          const byDetails = asksByDetails(keys, batchSize);
          return Promise.all(keys.map((key) => loadOne(key, byDetails).catch((error: unknown) => error as Error)));
        },
        { cacheKeyFn: ({ trackId, releaseId }) => `${trackId}:${releaseId ?? ""}` },
      ),
  );

  function loadOne({ trackId, releaseId }: TrackKey, byDetails: boolean): Promise<TrackFacts> {
    if (releaseId === undefined) return fromDetails(trackId);
    // The release's list leaves no doubt which track is meant, and one answer serves them all.
    const isByList = !byDetails || lists.hasFirst(releaseTracks, { releaseId });
    return isByList ? fromRelease(trackId, releaseId) : fromDetailsOrRelease(trackId, releaseId);
  }

  async function fromDetails(trackId: string): Promise<TrackFacts> {
    const track = await (batchSize >= 2 ? details().load(trackId) : client.call(trackDetails, { trackId }, session));
    requireSameId({ method: trackDetails.path, asked: trackId, answered: track.trackId });
    const releaseId = releaseIdOf(track);
    // Fields that the answer leaves out are loaded by the ids of the track and its release.
    if (releaseId !== undefined) loader().prime({ trackId, releaseId }, track);
    return track;
  }

  /** Its details may be of another release, or not sold here: only the release's list proves that the track is not on it. */
  async function fromDetailsOrRelease(trackId: string, releaseId: string): Promise<TrackFacts> {
    try {
      const track = await fromDetails(trackId);
      // Lists leave out the type of older tracks. A track is the same alone, which is by the list, and with others.
      if (isOn(track, releaseId)) return onRelease({ ...track, type: undefined }, releaseId);
    } catch (error) {
      if (!(error instanceof UpstreamError) || error.traits.cached !== "negative") throw error;
    }
    return fromRelease(trackId, releaseId);
  }

  async function fromRelease(trackId: string, releaseId: string): Promise<TrackFacts> {
    const found = await lists.find(releaseTracks, { releaseId }, ({ item }) => item.trackId === trackId);
    if (found !== undefined) return onRelease(found.item, releaseId);
    throw new UpstreamError("NOT_FOUND", "The release does not list the track.", { method: releaseTracks.path });
  }

  return (key) => peekTrack(source, key) ?? loader().load(key);
}

/** Whether the tracks whose release is known are asked for by their own ids, too. */
function asksByDetails(keys: readonly TrackKey[], batchSize: number): boolean {
  if (!(batchSize >= 2)) return false;
  const releases = keys.flatMap(({ releaseId }) => releaseId ?? []);
  const [listed, lists] = [releases.length, new Set(releases).size];
  return !listsAreCheaper({ loose: keys.length - listed, listed, lists }, batchSize);
}

/** From the cache, without a call. */
function peekTrack({ client, session, lists }: TrackSource, { trackId, releaseId }: TrackKey): TrackFacts | undefined {
  const answered = client.peek(trackDetails, { trackId }, session);
  const track = answered !== undefined && isSameId(trackId, answered.trackId) ? answered : undefined;
  if (releaseId === undefined || (track !== undefined && isOn(track, releaseId))) return track;
  const listed = lists.peekFirst(releaseTracks, { releaseId });
  const found = listed?.items.filter((one) => isReadable(one)).find(({ item }) => item.trackId === trackId);
  return found === undefined ? undefined : onRelease(found.item, releaseId);
}

function isOn(track: TrackFacts, releaseId: string): boolean {
  return track.release === undefined || releaseIdOf(track) === releaseId;
}

/** The track on this release: an answer of `release/tracks` may leave it out, or name another. */
function onRelease(track: TrackFacts, releaseId: string): TrackFacts {
  return releaseIdOf(track) === releaseId ? track : { ...track, release: { releaseId } };
}

/** As `onRelease`, for a window of a release's tracks. */
export function allOnRelease(read: WindowOf<Listed<TrackFacts>>, releaseId: string): WindowOf<Listed<TrackFacts>> {
  if (read.items.every(({ item }) => releaseIdOf(item) === releaseId)) return read;
  return { ...read, items: read.items.map((listed) => ({ ...listed, item: onRelease(listed.item, releaseId) })) };
}
