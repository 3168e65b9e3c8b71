/** What a user owns, as lockers and purchases tell it. Lockers of different years tell different members: see the recordings of
 *  `user/locker`. 7digital's own download URLs are left where they are: they are signed secrets, and ours are signed when asked for. */
import { child, idAttribute, listOf, object, part, required, type Decoded } from "../upstream/decode.js";
import type { Unreadable } from "../upstream/unreadable.js";
import { flag, integer, moment, numericId } from "../upstream/values.js";
import { format } from "../shared/format.js";
import { alone } from "../shared/listed.js";
import { release, track } from "../catalogue/decoders.js";

const download = object({ format: part("format", format) }, ["url"]);

const lockerTrack = object({
  track: required("track", track),
  remainingDownloads: child("remainingDownloads", integer),
  /** "0" in lockers that do not know it. */
  purchaseId: child("purchaseId", numericId),
  purchaseDate: child("purchaseDate", moment),
  completeAlbumPurchase: child("completeAlbumPurchase", flag),
  downloadUrls: child("downloadUrls", listOf("downloadUrl", download)),
});

export const lockerRelease = object({
  release: required("release", release),
  lockerTracks: child("lockerTracks", listOf("lockerTrack", lockerTrack)),
  available: child("available", flag),
});

export const listedLockerRelease = alone(lockerRelease);

/** `<purchase>`, with which every method that buys or delivers answers. `releases` is left out by answers since 2018. */
export const purchaseMembers = {
  purchaseId: idAttribute("id"),
  purchaseDate: child("purchaseDate", moment),
  releases: child("lockerReleases", listOf("lockerRelease", lockerRelease)),
};

export type LockerTrackFacts = Decoded<typeof lockerTrack>;
export type LockerReleaseFacts = Decoded<typeof lockerRelease>;

/** A purchase as far as it is told: the locker tells the rest. */
export interface PurchaseFacts {
  readonly purchaseId: string;
  /** As 7digital writes it. */
  readonly purchaseDate?: string | Unreadable | null | undefined;
  readonly releases?: readonly LockerReleaseFacts[] | null | undefined;
}
