/** `<release>` at its several levels of detail: what one method includes, another leaves out. */

import { falls } from "../api/irregularities.js";
import type { Asked } from "../api/method.js";
import type { Release } from "../model.js";
import { element, nil, type XmlElement } from "../api/xml.js";
import { creditedArtist, titleElement } from "./artist-element.js";
import { formatsElement } from "./format-element.js";
import { downloadElement, priceElement } from "./price-element.js";
import { artistOf, barcodeElement, copyrightLines, coverElement, named, totalDuration } from "./release-parts.js";
import { releaseUrl } from "./url-element.js";
import { releaseByUsage } from "./usage-element.js";

/** Everything but what only search knows. */
export function releaseElement(release: Release, asked: Asked, more: readonly (XmlElement | null)[] = []): XmlElement {
  return chartedRelease(release, asked, [named("label", release.label), ...more]);
}

/** Charts leave out the label. */
export function chartedRelease(release: Release, asked: Asked, more: readonly (XmlElement | null)[] = []): XmlElement {
  if (asked.usageTypes !== null) return releaseByUsage(release, asked);
  return element(
    "release",
    [
      ...sleeve(release, asked),
      element("addedDate", release.addedDate),
      priceElement(release, asked),
      formatsElement(release, false),
      downloadElement(release, { releaseDate: release.releaseDate }, asked),
      ...more,
    ],
    { id: release.id },
  );
}

/** release/details: later answers end with the length of the release. */
export function detailedRelease(release: Release, asked: Asked): XmlElement {
  if (asked.usageTypes !== null) return releaseByUsage(release, asked, copyrightLines(release));
  if (release.era === "price") return releaseElement(release, asked);
  const streaming = falls("streaming-date-nil", release.id, 3)
    ? nil("streamingReleaseDate")
    : element("streamingReleaseDate", release.releaseDate);
  return releaseElement(release, asked, [
    named("licensor", release.licensor),
    element("popularity", release.popularity),
    streaming,
    element("duration", totalDuration(release, asked)),
    element("trackCount", release.trackCount),
    ...(release.era === "packages" ? copyrightLines(release) : []),
  ]);
}

export function foundRelease(release: Release, asked: Asked): XmlElement {
  if (asked.usageTypes !== null) return releaseByUsage(release, asked);
  const hidden = release.era !== "packages" && falls("search-price-nil", release.id, 7);
  return element(
    "release",
    [
      ...sleeve(release, asked),
      element("addedDate", release.addedDate),
      hidden ? nil("price") : priceElement(release, asked),
      formatsElement(release, true),
      downloadElement(release, { releaseDate: release.releaseDate }, asked),
      named("label", release.label),
      named("licensor", release.licensor),
      element("popularity", release.popularity),
    ],
    { id: release.id },
  );
}

/** release/bytag/*: no price, no formats, no label. */
export function taggedRelease(release: Release, asked: Asked): XmlElement {
  if (asked.usageTypes !== null) return releaseByUsage(release, asked);
  return element(
    "release",
    [...sleeve(release, asked), element("addedDate", release.addedDate), element("popularity", release.popularity)],
    { id: release.id },
  );
}

/** As the API document shows editorial lists: what is needed to draw the sleeve. */
export function sleeveOnly(release: Release, asked: Asked): XmlElement {
  if (asked.usageTypes !== null) return releaseByUsage(release, asked);
  const artist = artistOf(release, asked);
  return element(
    "release",
    [
      titleElement("title", release.title, release.id),
      creditedArtist(artist, release.appearsAs, release.era),
      releaseUrl(release, artist),
      coverElement(release, asked),
      element("explicitContent", release.explicit),
    ],
    { id: release.id },
  );
}

/** Inside a track. */
export function releaseOfTrack(release: Release, asked: Asked): XmlElement {
  const dated = release.era === "both" ? element("releaseDate", release.releaseDate) : null;
  return element("release", [...releaseInBrief(release, asked), dated], { id: release.id });
}

/** What stands for a release inside other things. */
export function releaseInBrief(release: Release, asked: Asked): XmlElement[] {
  const artist = artistOf(release, asked);
  return [
    titleElement("title", release.title, release.id),
    element("version", release.version),
    element("type", release.type),
    barcodeElement(release),
    creditedArtist(artist, release.appearsAs, release.era),
    releaseUrl(release, artist),
    coverElement(release, asked),
  ];
}

function sleeve(release: Release, asked: Asked): XmlElement[] {
  const artist = artistOf(release, asked);
  return [
    titleElement("title", release.title, release.id),
    element("version", release.version),
    element("type", release.type),
    barcodeElement(release),
    element("year", release.year),
    element("explicitContent", release.explicit),
    creditedArtist(artist, release.appearsAs, release.era),
    releaseUrl(release, artist),
    coverElement(release, asked),
    element("releaseDate", release.releaseDate),
  ];
}
