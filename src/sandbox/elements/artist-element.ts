/** `<artist>` at its several levels of detail. */

import { falls } from "../api/irregularities.js";
import type { Asked } from "../api/method.js";
import type { Artist, Era } from "../model.js";
import { cdata, element, nil, type XmlElement } from "../api/xml.js";
import { artistImage, artistUrl } from "./url-element.js";

/** What `artist/details` answers, and lists of artists. `usualWidth` is the width of the picture without `imageSize`. */
export function artistElement(artist: Artist, usualWidth: 50 | 150, asked: Asked, more: readonly XmlElement[] = []): XmlElement {
  return element(
    "artist",
    [
      titleElement("name", artist.name, artist.id),
      element("sortName", artist.sortName),
      artistUrl(artist, artist.era),
      image(artist, usualWidth, asked),
      artist.era === "packages" ? element("isPlaceholderImage", !artist.hasImage) : null,
      ...more,
    ],
    { id: artist.id },
  );
}

/** What charts tell: the page to read on. */
export function artistLink(artist: Artist): XmlElement {
  return element("artist", [titleElement("name", artist.name, artist.id), artistUrl(artist, artist.era)], { id: artist.id });
}

/** Inside a release or a track. */
export function creditedArtist(artist: Artist, appearsAs: string, era: Era): XmlElement {
  return element("artist", [element("name", artist.name), element("appearsAs", appearsAs), artistUrl(artist, era)], { id: artist.id });
}

/** Later answers of artist/details carry a life story, which was empty more often than not. */
export function bioElements(artist: Artist): readonly XmlElement[] {
  return falls("artist-bio", artist.id, 4) ? [element("bio", [element("text", "")])] : [];
}

/** Later answers have a placeholder where there is none. */
function image(artist: Artist, usualWidth: number, asked: Asked): XmlElement {
  return artist.hasImage || artist.era === "packages" ? artistImage(artist, asked.imageSize ?? usualWidth, asked) : nil("image");
}

/** A title or name; some with special characters come as CDATA. */
export function titleElement(name: "title" | "name", text: string, id: number): XmlElement {
  const special = /[&<>]/.test(text) && !text.includes("]]>");
  return special && falls("title-as-cdata", id, 2) ? cdata(name, text) : element(name, text);
}
