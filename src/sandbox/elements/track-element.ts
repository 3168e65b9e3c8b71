/** `<track>` at its several levels of detail. */

import { falls } from "../api/irregularities.js";
import type { Asked } from "../api/method.js";
import type { Release, Track } from "../model.js";
import { element, nil, type XmlElement } from "../api/xml.js";
import { creditedArtist, titleElement } from "./artist-element.js";
import { formatsElement } from "./format-element.js";
import { downloadElement, priceElement } from "./price-element.js";
import { releaseOfTrack } from "./release-element.js";
import { artistOf } from "./release-parts.js";
import { trackByUsage } from "./usage-element.js";
import { trackUrl } from "./url-element.js";

/** track/details has the type of every track and, in the later eras, dates and whose recording it is. */
export function detailedTrack(track: Track, asked: Asked): XmlElement {
  return trackElement(track, asked, true);
}

/** Everything that a method includes about a track. `type` came late: release/tracks and charts have it for later items only. */
export function trackElement(track: Track, asked: Asked, inDetail = false): XmlElement {
  if (asked.usageTypes !== null) return trackByUsage(track, releaseOf(track, asked), asked, inDetail ? [plineOf(track, asked)] : []);
  return element(
    "track",
    [
      ...opening(track, asked),
      element("explicitContent", track.explicit),
      element("isrc", track.isrc),
      inDetail || track.era !== "price" ? element("type", track.type) : null,
      ...ending(track, asked, priceElement(track, asked), inDetail),
    ],
    { id: track.id },
  );
}

export function foundTrack(track: Track, asked: Asked): XmlElement {
  if (asked.usageTypes !== null) return trackElement(track, asked);
  const hidden = track.era !== "packages" && falls("search-price-nil", track.id, 7);
  return element(
    "track",
    [
      ...opening(track, asked),
      element("explicitContent", track.explicit),
      element("isrc", track.isrc),
      element("type", track.type),
      ...ending(track, asked, hidden ? nil("price") : priceElement(track, asked)),
    ],
    { id: track.id },
  );
}

/** Charts have neither ISRC nor type, nor formats beside the packages, and of an item of the earlier era no price. */
export function chartedTrack(track: Track, asked: Asked): XmlElement {
  if (asked.usageTypes !== null) return trackElement(track, asked);
  const release = releaseOf(track, asked);
  const url = trackUrl(track, release, artistOf(track, asked));
  const offered = track.era === "price" ? [] : [priceElement(track, asked), downloadElement(track, {}, asked)];
  return element("track", [...opening(track, asked), releaseOfTrack(release, asked), url, ...offered], { id: track.id });
}

function opening(track: Track, asked: Asked): XmlElement[] {
  return [
    titleElement("title", track.title, track.id),
    element("version", track.version),
    creditedArtist(artistOf(track, asked), track.appearsAs, track.era),
    element("trackNumber", numberOnRelease(track)),
    element("duration", track.duration),
  ];
}

function ending(track: Track, asked: Asked, price: XmlElement | null, inDetail = false): (XmlElement | null)[] {
  const release = releaseOf(track, asked);
  const later = track.era !== "price";
  return [
    releaseOfTrack(release, asked),
    trackUrl(track, release, artistOf(track, asked)),
    price,
    later ? element("streamingReleaseDate", withoutOffset(release.releaseDate)) : null,
    later ? element("discNumber", track.disc) : null,
    later ? formatsElement({ ...track, formats: release.formats }, false) : null,
    later ? element("number", track.number) : null,
    // Until 2015 it was no part of the download.
    inDetail && track.era === "both" ? element("previewDate", release.releaseDate) : null,
    downloadElement(track, inDetail ? { previewDate: release.releaseDate, releaseDate: release.releaseDate } : {}, asked),
    inDetail && track.era === "packages" ? plineOf(track, asked) : null,
  ];
}

function plineOf(track: Track, asked: Asked): XmlElement | null {
  const { year, label } = releaseOf(track, asked);
  return year === 0 ? null : element("pline", `${year} ${label.name}`);
}

/** Disc 1 counts from 1, disc 2 from 201, disc 11 from 1101. */
export function numberOnRelease({ disc, number }: Track): number {
  return disc === 1 ? number : disc * 100 + number;
}

/** Streaming dates were recorded as local time that does not say whose. */
function withoutOffset(date: string): string {
  return date.replace(/(Z|[+-]\d{2}:\d{2})$/, "");
}

function releaseOf(track: Track, asked: Asked): Release {
  const release = asked.catalogue.release(track.releaseId);
  if (release === undefined) throw new Error(`The sandbox catalogue puts a track on release ${track.releaseId}, which it does not know.`);
  return release;
}
