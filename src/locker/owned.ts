/** What a user owns: the values of the locker's types. */
import type { ReleaseFacts } from "../catalogue/decoders.js";
import type { Format } from "../shared/format.js";
import type { UserCredential } from "../upstream/session.js";
import { isReadable, type Unreadable } from "../upstream/xml/unreadable.js";
import type { LockerReleaseFacts, LockerTrackFacts, PurchaseFacts } from "./decoders.js";

/** Links to what is owned are signed with its owner's token. */
interface Owned {
  /** The operation's user when left out. */
  readonly owner?: UserCredential | undefined;
}

export interface OwnedRelease extends Owned {
  readonly facts: LockerReleaseFacts;
}

export interface OwnedTrack extends Owned {
  readonly facts: LockerTrackFacts;
  /** The release it was bought on. */
  readonly release: ReleaseFacts;
}

/** A track in one of its formats. */
export interface OwnedFile extends OwnedTrack {
  readonly format: Format;
}

export interface OwnedPurchase extends PurchaseFacts, Owned {}

/** Every track that was sent, in its place. */
export function tracksOf({ facts, owner }: OwnedRelease): readonly (OwnedTrack | Unreadable)[] {
  return (facts.lockerTracks ?? []).map((track) => (isReadable(track) ? { facts: track, release: facts.release, owner } : track));
}

/** Empty where the track cannot be downloaded now, for whatever reason. */
export function filesOf(track: OwnedTrack): readonly OwnedFile[] {
  return (track.facts.downloadUrls ?? []).flatMap(({ format }) => (format && isReadable(format) ? [{ ...track, format }] : []));
}
