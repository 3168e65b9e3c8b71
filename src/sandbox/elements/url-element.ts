/** Addresses inside answers: shop pages, which the sandbox does not serve, and pictures, which it draws at the same paths. */

import type { Asked } from "../api/method.js";
import type { Artist, Era, Release, Track } from "../model.js";
import { element, type XmlElement } from "../api/xml.js";

const partner = "?partner=123";

/** The shop moved its pages from /artists/ to /artist/, and the API wrote a `slug` instead of an address in the end. */
export function artistUrl(artist: Artist, era: Era = "price"): XmlElement {
  if (era === "packages") return element("slug", artist.slug);
  return element("url", artistPage(artist, era) + partner);
}

export function releaseUrl(release: Release, artist: Artist, era: Era = release.era): XmlElement {
  if (era === "packages") return element("slug", release.slug);
  return element("url", releasePage(release, artist, era) + partner);
}

export function trackUrl(track: Track, release: Release, artist: Artist): XmlElement {
  if (track.era === "packages") return element("slug", release.slug);
  const number = String(track.number).padStart(2, "0");
  const page = releasePage(release, artist, track.era);
  if (track.era === "both") return element("url", `${page}${partner}&h=${number}`);
  return element("url", `${page}${number}-${encodeURIComponent(track.title.trim().replaceAll(" ", "-"))}/${partner}`);
}

export function tagUrl(id: string): XmlElement {
  return element("url", `http://www.7digital.com/tags/${encodeURIComponent(id)}${partner}`);
}

/** `width` in pixels: the part of the address that `imageSize` changes. */
export function artistImage(artist: Artist, width: number, { imageOrigin }: Asked): XmlElement {
  return element("image", picture(imageOrigin ?? "http://cdn.7static.com", "artistimages", artist.id, width));
}

export function releaseImage(release: Release, width: number, { imageOrigin }: Asked): XmlElement {
  const host = release.era === "price" ? "http://cdn.7static.com" : "http://artwork-cdn.7static.com";
  return element("image", picture(imageOrigin ?? host, "sleeveart", release.id, width));
}

function artistPage(artist: Artist, era: Era): string {
  return `http://www.7digital.com/${era === "price" ? "artists" : "artist"}/${artist.slug}/`;
}

function releasePage(release: Release, artist: Artist, era: Era): string {
  return `${artistPage(artist, era)}${era === "price" ? "" : "release/"}${release.slug}/`;
}

/** `origin` has no slash at its end. */
function picture(origin: string, kind: string, id: number, width: number): string {
  const digits = String(id).padStart(10, "0");
  const folder = `${digits.slice(0, 2)}/${digits.slice(2, 5)}/${digits.slice(5, 8)}`;
  return `${origin}/static/img/${kind}/${folder}/${digits}_${width}.jpg`;
}
