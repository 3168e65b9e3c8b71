/** `<release>` and `<track>` in answers to calls that say what music is used for. They have the shape of later years, whatever the item's
 *  era is, and hold only what was asked for: the download, the date of streaming for subscribers, and that of streaming with advertisements. */

import type { Asked } from "../api/method.js";
import type { Release, Track } from "../model.js";
import { element, type XmlElement } from "../api/xml.js";
import { titleElement } from "./artist-element.js";
import { packagesElement } from "./price-element.js";
import { artistOf, barcodeElement, coverElement, named, totalDuration } from "./release-parts.js";
import { artistImage } from "./url-element.js";

export function releaseByUsage(release: Release, asked: Asked, more: readonly (XmlElement | null)[] = []): XmlElement {
  return element(
    "release",
    [
      titleElement("title", release.title, release.id),
      element("version", release.version),
      element("type", release.type),
      barcodeElement(release),
      element("year", release.year),
      element("explicitContent", release.explicit),
      artistElement(release, asked),
      coverElement(release, asked),
      named("label", release.label),
      named("licensor", release.licensor),
      element("popularity", release.popularity),
      element("duration", totalDuration(release, asked)),
      element("trackCount", release.trackCount),
      ...usageElements(release, { releaseDate: release.releaseDate }, asked),
      element("slug", release.slug),
      ...more,
    ],
    { id: release.id },
  );
}

export function trackByUsage(track: Track, release: Release, asked: Asked, more: readonly (XmlElement | null)[] = []): XmlElement {
  const { releaseDate } = release;
  return element(
    "track",
    [
      titleElement("title", track.title, track.id),
      element("version", track.version),
      artistElement(track, asked),
      element("trackNumber", track.disc === 1 ? track.number : track.disc * 100 + track.number),
      element("duration", track.duration),
      element("explicitContent", track.explicit),
      element("isrc", track.isrc),
      element("type", track.type.charAt(0).toUpperCase() + track.type.slice(1)),
      releaseInBrief(release, asked),
      element("discNumber", track.disc),
      element("popularity", track.popularity),
      element("number", track.number),
      ...usageElements(track, { releaseDate, previewDate: releaseDate }, asked),
      ...more,
    ],
    { id: track.id },
  );
}

function releaseInBrief(release: Release, asked: Asked): XmlElement {
  return element(
    "release",
    [
      titleElement("title", release.title, release.id),
      element("version", release.version),
      element("type", release.type),
      barcodeElement(release),
      element("explicitContent", release.explicit),
      artistElement(release, asked),
      coverElement(release, asked),
      named("label", release.label),
      named("licensor", release.licensor),
      element("slug", release.slug),
    ],
    { id: release.id },
  );
}

function artistElement(item: Release | Track, asked: Asked): XmlElement {
  const artist = artistOf(item, asked);
  return element(
    "artist",
    [
      element("name", artist.name),
      element("appearsAs", item.appearsAs),
      artistImage(artist, asked.imageSize ?? 150, asked),
      element("slug", artist.slug),
      element("isPlaceholderImage", !artist.hasImage),
    ],
    { id: artist.id },
  );
}

type Dates = Readonly<Record<"releaseDate", string>> & Readonly<Partial<Record<"previewDate", string>>>;

function usageElements(item: Release | Track, dates: Dates, asked: Asked): (XmlElement | null)[] {
  const streamed = [element("releaseDate", dates.releaseDate)];
  const dated = Object.entries<string>(dates).map(([name, date]) => element(name, date));
  const has = (usage: "download" | "subscriptionstreaming" | "adsupportedstreaming") => asked.usageTypes?.has(usage) === true;
  return [
    has("download") ? element("download", [...dated, packagesElement(item, "packages", asked)]) : null,
    has("subscriptionstreaming") ? element("subscriptionStreaming", streamed) : null,
    has("adsupportedstreaming") ? element("adSupportedStreaming", streamed) : null,
  ];
}
