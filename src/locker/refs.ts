/** The locker's types in the graph, before they have fields. */
import { builder } from "../graph/builder.js";
import { connection } from "../graph/connection.js";
import type { OwnedFile, OwnedPurchase, OwnedRelease, OwnedTrack } from "./owned.js";

export const lockerReleaseRef = builder.objectRef<OwnedRelease>("LockerRelease");
export const lockerTrackRef = builder.objectRef<OwnedTrack>("LockerTrack");
export const downloadRef = builder.objectRef<OwnedFile>("Download");
export const purchaseRef = builder.objectRef<OwnedPurchase>("Purchase");

export const lockerTracks = connection("LockerTrack", lockerTrackRef, "tracks that a user owns");
export const locker = connection("Locker", lockerReleaseRef, "releases in a locker");
