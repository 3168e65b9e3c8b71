/** `<lockerRelease>` and `<lockerTrack>`, in the earlier shape for early accounts, and `<purchase>`, which is made of them. */

import type { LockerItem, User } from "../accounts/model.js";
import { defaultShop } from "../catalogue/shops.js";
import { falls } from "../api/irregularities.js";
import { londonTime } from "../api/london-time.js";
import type { Asked } from "../api/method.js";
import type { Format, Release, Track } from "../model.js";
import { presignedUrl } from "../oauth/signature.js";
import type { Pair } from "../http/request.js";
import { element, type XmlElement } from "../api/xml.js";
import { creditedArtist, titleElement } from "./artist-element.js";
import { downloadFormat } from "./format-element.js";
import { releaseInBrief } from "./release-element.js";
import { artistOf, named } from "./release-parts.js";
import { numberOnRelease } from "./track-element.js";
import { trackUrl } from "./url-element.js";

/** A release of which somebody owns tracks. A track that was bought twice is there twice. */
export interface OwnedRelease {
  readonly release: Release;
  readonly items: readonly LockerItem[];
}

export function lockerReleaseElement({ release, items }: OwnedRelease, user: User, asked: Asked): XmlElement {
  const available = element("available", asked.catalogue.isAvailable(release, asked.store));
  return element("lockerRelease", [
    releaseElement(release, user, asked),
    element(
      "lockerTracks",
      items.map((item) => trackElement(item, release, user, asked)),
    ),
    user.earlyAccount ? null : available,
  ]);
}

export function purchaseElement(id: number, releases: readonly OwnedRelease[], user: User, asked: Asked): XmlElement {
  const owned = releases.map((release) => lockerReleaseElement(release, user, asked));
  return element("purchase", [element("purchaseDate", londonTime(asked.now)), element("lockerReleases", owned)], { id });
}

function releaseElement(release: Release, user: User, asked: Asked): XmlElement {
  const dated = element("releaseDate", release.releaseDate);
  const licensed = user.earlyAccount ? null : licensor(release);
  return element("release", [...releaseInBrief(release, asked), dated, licensed], { id: release.id });
}

/** A third of the recorded ones have no name. */
function licensor(release: Release): XmlElement {
  return falls("locker-licensor-bare", release.id, 3)
    ? element("licensor", "", { id: release.licensor.id })
    : named("licensor", release.licensor);
}

function trackElement(item: LockerItem, release: Release, user: User, asked: Asked): XmlElement {
  const track = asked.catalogue.track(item.trackId);
  if (track === undefined) throw new Error(`Somebody owns track ${item.trackId}, which the sandbox catalogue does not know.`);
  return element("lockerTrack", [
    ownedTrack(track, release, user, asked),
    element("remainingDownloads", item.remainingDownloads),
    purchaseId(item, user),
    element("purchaseDate", londonTime(item.purchasedAtMs)),
    user.earlyAccount ? null : element("completeAlbumPurchase", item.wholeRelease),
    downloadUrls(item, release.formats, user, asked),
  ]);
}

function ownedTrack(track: Track, release: Release, user: User, asked: Asked): XmlElement {
  const artist = artistOf(track, asked);
  return element(
    "track",
    [
      titleElement("title", track.title, track.id),
      element("version", track.version),
      creditedArtist(artist, track.appearsAs, track.era),
      user.earlyAccount ? null : element("trackNumber", numberOnRelease(track)),
      user.earlyAccount ? null : element("duration", track.duration),
      user.earlyAccount ? null : element("isrc", track.isrc),
      trackUrl(track, release, artist),
    ],
    { id: track.id },
  );
}

/** Early accounts have none, or 0. */
function purchaseId(item: LockerItem, user: User): XmlElement | null {
  if (!user.earlyAccount) return element("purchaseId", item.purchaseId);
  return falls("locker-purchase-id-zero", item.releaseId, 2) ? element("purchaseId", 0) : null;
}

/** Empty once every download is used up, and for some tracks without a reason, as in recorded answers. */
function downloadUrls(item: LockerItem, formats: readonly Format[], user: User, asked: Asked): XmlElement {
  const empty = item.remainingDownloads === 0 || falls("download-urls-empty", item.trackId, 10);
  const urls = formats.map((format) =>
    element("downloadUrl", [element("url", downloadUrl(item, format, user, asked)), downloadFormat(format, item.trackId)]),
  );
  return element("downloadUrls", empty ? [] : urls);
}

function downloadUrl(item: LockerItem, format: Format, user: User, asked: Asked): string {
  const parameters: Pair[] = [
    ["formatid", String(format.id)],
    ["presigned", "1"],
    ["releaseid", String(item.releaseId)],
    ["shopid", String(item.store.shopId ?? defaultShop)],
    ["trackid", String(item.trackId)],
    ["userid", String(user.id)],
  ];
  return presignedUrl(`${asked.origin}/media/user/downloadtrack`, parameters, asked.now);
}
