/** What a user owns, as lockers and purchases show it. Lockers of different years have different members: see the recordings of
 *  `user/locker`. 7digital's own download URLs are not read: they are signed secrets, and we sign ours when asked. */
import { child, idAttribute, listOf, object, part, placesOf, required, type Decoded } from "../upstream/xml/decode.js";
import { isReadable, type Unreadable } from "../upstream/xml/unreadable.js";
import { flag, integer, moment, numericId } from "../upstream/xml/values.js";
import { format } from "../shared/format.js";
import { plainItem } from "../shared/listed.js";
import { release, track } from "../catalogue/decoders.js";

const download = object({ format: part("format", format) }, ["url"]);

const lockerTrack = object({
  track: required("track", track),
  remainingDownloads: child("remainingDownloads", integer),
  /** "0" in lockers without purchase ids. */
  purchaseId: child("purchaseId", numericId),
  purchaseDate: child("purchaseDate", moment),
  completeAlbumPurchase: child("completeAlbumPurchase", flag),
  downloadUrls: child("downloadUrls", listOf("downloadUrl", download)),
});

export const lockerRelease = object({
  release: required("release", release),
  lockerTracks: child("lockerTracks", placesOf("lockerTrack", lockerTrack)),
  available: child("available", flag),
});

/** The tracks that can be read. */
export function readableTracks({ lockerTracks }: LockerReleaseFacts): readonly LockerTrackFacts[] {
  return (lockerTracks ?? []).filter((track) => isReadable(track));
}

export const listedLockerRelease = plainItem(lockerRelease);

/** `<purchase>`, the answer of every method that buys or delivers. Since 2018 it leaves `releases` out. */
export const purchaseMembers = {
  purchaseId: idAttribute("id"),
  purchaseDate: child("purchaseDate", moment),
  releases: child("lockerReleases", listOf("lockerRelease", lockerRelease)),
};

export type LockerTrackFacts = Decoded<typeof lockerTrack>;
export type LockerReleaseFacts = Decoded<typeof lockerRelease>;

/** A purchase as far as it is known. The locker has the rest. */
export interface PurchaseFacts {
  readonly purchaseId: string;
  /** As 7digital writes it. */
  readonly purchaseDate?: string | Unreadable | null | undefined;
  readonly releases?: readonly LockerReleaseFacts[] | null | undefined;
}
