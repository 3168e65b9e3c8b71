/** The methods of the media hosts: the parameters each needs, and what it delivers. @see API document, "Media" */

import type { Accounts, LockerItem, User } from "../../accounts/model.js";
import { ApiError } from "../../api/errors.js";
import type { Catalogue, Release, Store, Track } from "../../model.js";
import { storeOf } from "../../api/stores.js";
import { purchaseArchiveName, releaseArchiveName, type DeliveredTrack, type Delivery } from "./delivery.js";
import { missing, notValid, optionalId, requiredId, type MediaQuery } from "./media-parameters.js";

export interface MediaAsked {
  readonly accounts: Accounts;
  readonly catalogue: Catalogue;
  readonly query: MediaQuery;
  /** Whom the link speaks for, of those the sandbox knows. */
  readonly user: User | undefined;
  readonly nowMs: number;
}

export interface MediaMethod {
  /** Where an error goes: always to an address of the caller's or the sandbox's own, only to one of the caller's, or nowhere. */
  readonly errors: "always-redirected" | "redirected-on-request" | "answered";
  /** Whether what it delivers is taken from the remaining downloads. */
  readonly counts: boolean;
  deliver(asked: MediaAsked): Delivery;
}

export const mediaMethods: ReadonlyMap<string, MediaMethod> = new Map<string, MediaMethod>([
  ["user/downloadtrack", { errors: "always-redirected", counts: true, deliver: downloadedTrack }],
  ["user/streamtrack", { errors: "always-redirected", counts: false, deliver: streamedTrack }],
  ["user/download/release", { errors: "always-redirected", counts: true, deliver: downloadedRelease }],
  ["user/download/purchase", { errors: "always-redirected", counts: true, deliver: downloadedPurchase }],
  ["track/stream", { errors: "answered", counts: false, deliver: catalogueStream }],
  ["stream/catalogue", { errors: "answered", counts: false, deliver: hostedCatalogueStream }],
  ["stream/catalogue.m3u8", { errors: "answered", counts: false, deliver: (asked) => asPlaylist(hostedCatalogueStream(asked)) }],
  ["stream/subscription", { errors: "answered", counts: false, deliver: subscriptionStream }],
  ["stream/subscription.m3u8", { errors: "answered", counts: false, deliver: (asked) => asPlaylist(subscriptionStream(asked)) }],
  ["track/download", { errors: "redirected-on-request", counts: false, deliver: catalogueDownload }],
]);

const mp3At128 = 26;
const mp3At64 = 50;
const streamFormats = [mp3At128, mp3At64];
/** MP3 at 128 kbit/s, AAC at 320, HE-AAC at 64, AAC at 160. */
const hostedFormats = [mp3At128, 33, 55, 56];

function downloadedTrack(asked: MediaAsked): Delivery {
  const { trackId, releaseId, formatId } = ownedTrackAsked(asked);
  const [item] = licensed(owned(asked, (one) => one.trackId === trackId && one.releaseId === releaseId));
  checkFormat(formatId, downloadFormats(asked, asked.catalogue.track(trackId), item?.store));
  return { tracks: [{ trackId, releaseId }], formatId, archive: null, disposition: "attachment" };
}

/** A stream needs a track that is owned, but no download that is left of it. */
function streamedTrack(asked: MediaAsked): Delivery {
  const { trackId, releaseId, formatId } = ownedTrackAsked(asked);
  owned(asked, (one) => one.trackId === trackId && one.releaseId === releaseId);
  checkFormat(formatId, streamFormats);
  return { tracks: [{ trackId, releaseId }], formatId, archive: null, disposition: "inline" };
}

function downloadedRelease(asked: MediaAsked): Delivery {
  checkNamed(asked);
  const releaseId = requiredId(asked.query, "releaseId");
  const formatId = optionalId(asked.query, "formatId") ?? null;
  const items = licensed(owned(asked, (one) => one.releaseId === releaseId));
  const release = asked.catalogue.release(releaseId);
  if (formatId !== null) checkFormat(formatId, downloadFormats(asked, release, items[0]?.store));
  const archive = release === undefined ? `${releaseId}.zip` : releaseArchiveName(release);
  return { tracks: tracksOf(items), formatId, archive, disposition: "attachment" };
}

function downloadedPurchase(asked: MediaAsked): Delivery {
  checkNamed(asked);
  const purchaseId = requiredId(asked.query, "purchaseId");
  const items = licensed(owned(asked, (one) => one.purchaseId === purchaseId));
  return { tracks: tracksOf(items), formatId: null, archive: purchaseArchiveName(asked.nowMs), disposition: "attachment" };
}

/** The user may be anybody the caller has a name for. */
function catalogueStream(asked: MediaAsked): Delivery {
  checkNamed(asked);
  const track = availableTrack(asked);
  const formatId = optionalId(asked.query, "formatId") ?? mp3At128;
  checkFormat(formatId, streamFormats);
  return { tracks: [{ trackId: track.id, releaseId: track.releaseId }], formatId, archive: null, disposition: "inline" };
}

/** Of the later host of streams. It needs no user. */
function hostedCatalogueStream(asked: MediaAsked): Delivery {
  const track = availableTrack(asked);
  const formatId = optionalId(asked.query, "formatId") ?? mp3At128;
  checkFormat(formatId, hostedFormats);
  return { tracks: [{ trackId: track.id, releaseId: track.releaseId }], formatId, archive: null, disposition: "inline" };
}

function subscriptionStream(asked: MediaAsked): Delivery {
  const { accounts, user, nowMs, query } = asked;
  if (!query.get("oauth_token") && !query.get("userid")) throw missing("userId");
  requiredId(query, "formatId");
  const delivery = hostedCatalogueStream(asked);
  const subscription = user === undefined ? undefined : accounts.subscriptionOf(user);
  if (subscription === undefined || subscription.expiresAtMs <= nowMs) throw new ApiError(2002, "User does not have a valid subscription");
  return delivery;
}

function asPlaylist(delivery: Delivery): Delivery {
  return { ...delivery, playlist: true };
}

/** The document's own example asks for a format of streams, which the catalogue does not name. */
function catalogueDownload(asked: MediaAsked): Delivery {
  const track = availableTrack(asked);
  const formatId = requiredId(asked.query, "formatId");
  checkFormat(formatId, [...downloadFormats(asked, track, storeAsked(asked)), ...streamFormats]);
  return { tracks: [{ trackId: track.id, releaseId: track.releaseId }], formatId, archive: null, disposition: "attachment" };
}

function ownedTrackAsked(asked: MediaAsked): { readonly trackId: number; readonly releaseId: number; readonly formatId: number } {
  checkNamed(asked);
  const [trackId, releaseId, formatId] = ["trackId", "releaseId", "formatId"].map((name) => requiredId(asked.query, name));
  return { trackId: trackId ?? 0, releaseId: releaseId ?? 0, formatId: formatId ?? 0 };
}

/** A link names its user one way or the other; whether anybody knows the user comes later. */
function checkNamed({ query }: MediaAsked): void {
  if (!query.get("oauth_token") && !query.get("userid")) throw missing("oauth_token");
}

function owned({ accounts, user }: MediaAsked, isWanted: (item: LockerItem) => boolean): readonly LockerItem[] {
  const items = user === undefined ? [] : accounts.lockerOf(user).filter(isWanted);
  if (items.length === 0) throw new ApiError(2002, "No licences found for the download request.");
  return items;
}

function licensed(items: readonly LockerItem[]): readonly LockerItem[] {
  const left = items.filter(({ remainingDownloads }) => remainingDownloads > 0);
  if (left.length === 0) throw new ApiError(2002, "No licences available for download request.");
  return left;
}

/** A track that was bought twice is delivered once. */
function tracksOf(items: readonly LockerItem[]): readonly DeliveredTrack[] {
  return [...new Map(items.map(({ trackId, releaseId }) => [trackId, { trackId, releaseId }])).values()];
}

function availableTrack(asked: MediaAsked): Track {
  const { catalogue, query, nowMs } = asked;
  const track = catalogue.track(requiredId(query, "trackId"));
  if (track === undefined) throw new ApiError(2001, "Track not found");
  const released = Date.parse(catalogue.release(track.releaseId)?.releaseDate ?? "");
  if (released > nowMs || !catalogue.isAvailable(track, storeAsked(asked))) throw notAvailable();
  return track;
}

export function notAvailable(): ApiError {
  return new ApiError(2002, "Track is not available in this country/shop");
}

function storeAsked({ query }: MediaAsked): Store {
  return storeOf(query.get("country"), query.get("shopid"));
}

/** What the catalogue says an item comes in, at the standard price or any other. */
function downloadFormats({ catalogue }: MediaAsked, item: Release | Track | undefined, store: Store | undefined): readonly number[] {
  if (item === undefined || store === undefined) return [];
  const release = "releaseId" in item ? catalogue.release(item.releaseId) : item;
  const packages = catalogue.packagesOf(item, store);
  return [...(release?.formats ?? []), ...packages.flatMap(({ formats }) => formats)].map(({ id }) => id);
}

function checkFormat(formatId: number, formats: readonly number[]): void {
  if (!formats.includes(formatId)) throw notValid("formatId", formatId);
}
