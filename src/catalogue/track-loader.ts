/** Tracks by id, for one operation. 7digital has no method for several tracks, but one for all tracks of a release. So a track whose release
 *  is known is looked for there, and tracks of one release cost one `release/tracks` together (docs/decisions/0009). */
import DataLoader from "dataloader";
import type { Client } from "../upstream/client.js";
import { UpstreamError } from "../upstream/errors.js";
import type { Session } from "../upstream/session.js";
import { isReadable } from "../upstream/xml/unreadable.js";
import type { Listed } from "../shared/listed.js";
import type { MaybePromise } from "../shared/maybe-promise.js";
import { once } from "../shared/once.js";
import { isSameId, requireSameId } from "../shared/same-id.js";
import type { WindowOf } from "../shared/window-read.js";
import type { TrackFacts } from "./decoders.js";
import { releaseTracks } from "./endpoints/release.js";
import { trackDetails } from "./endpoints/track.js";
import type { Lists } from "./lists.js";
import { releaseIdOf } from "./release-reading.js";

/** The same recording on another release is another track: both ids tell which one is meant. Without the release 7digital chooses one. */
export interface TrackKey {
  readonly trackId: string;
  readonly releaseId: string | undefined;
}

interface TrackSource {
  readonly client: Client;
  readonly session: Session;
  readonly lists: Pick<Lists, "find" | "peekFirst">;
}

/** Rejects with NOT_FOUND where there is no such track, or it is not on that release. */
export function createTrackLoader(source: TrackSource): (key: TrackKey) => MaybePromise<TrackFacts> {
  const { client, session, lists } = source;
  const loader = once(
    () =>
      new DataLoader<TrackKey, TrackFacts, string>(
        (keys) => Promise.all(keys.map((key) => loadOne(key).catch((error: unknown) => error as Error))),
        { cacheKeyFn: ({ trackId, releaseId }) => `${trackId}:${releaseId ?? ""}` },
      ),
  );

  /** Reads the release's list where the release is known: no doubt which track is meant, and one answer serves them all. */
  function loadOne({ trackId, releaseId }: TrackKey): Promise<TrackFacts> {
    return releaseId === undefined ? fromDetails(trackId) : fromRelease(trackId, releaseId);
  }

  async function fromDetails(trackId: string): Promise<TrackFacts> {
    const track = await client.call(trackDetails, { trackId }, session);
    requireSameId({ method: trackDetails.path, asked: trackId, answered: track.trackId });
    const releaseId = releaseIdOf(track);
    // Fields that the answer leaves out are loaded by the ids of the track and its release.
    if (releaseId !== undefined) loader().prime({ trackId, releaseId }, track);
    return track;
  }

  async function fromRelease(trackId: string, releaseId: string): Promise<TrackFacts> {
    const found = await lists.find(releaseTracks, { releaseId }, ({ item }) => item.trackId === trackId);
    if (found !== undefined) return onRelease(found.item, releaseId);
    throw new UpstreamError("NOT_FOUND", "The release does not list the track.", { method: releaseTracks.path });
  }

  return (key) => peekTrack(source, key) ?? loader().load(key);
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
