/** The locker's types in the graph, before they have fields. Each knows whose it is, for its links are signed with that user's token. */
import { builder } from "../graph/builder.js";
import { connection } from "../graph/connection.js";
import type { ReleaseFacts } from "../catalogue/decoders.js";
import type { Format } from "../shared/format.js";
import type { UserCredential } from "../upstream/session.js";
import type { LockerReleaseFacts, LockerTrackFacts, PurchaseFacts } from "./decoders.js";

interface Owned {
  /** The user of the operation where it is left out. */
  readonly owner?: UserCredential | undefined;
}

export interface OwnedRelease extends Owned {
  readonly told: LockerReleaseFacts;
}

export interface OwnedTrack extends Owned {
  readonly told: LockerTrackFacts;
  /** The release it was bought on. */
  readonly release: ReleaseFacts;
}

/** A track in one of its formats. */
export interface OwnedFile extends OwnedTrack {
  readonly format: Format;
}

export interface OwnedPurchase extends PurchaseFacts, Owned {}

export const lockerReleaseRef = builder.objectRef<OwnedRelease>("LockerRelease");
export const lockerTrackRef = builder.objectRef<OwnedTrack>("LockerTrack");
export const downloadRef = builder.objectRef<OwnedFile>("Download");
export const purchaseRef = builder.objectRef<OwnedPurchase>("Purchase");

export const locker = connection("Locker", lockerReleaseRef, "releases in a locker");
