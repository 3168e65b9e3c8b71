/** Elements that releases have in every shape, and what they are made of. */

import type { Asked } from "../api/method.js";
import { element, nil, type XmlElement } from "../api/xml.js";
import type { Artist, NamedId, Release } from "../model.js";
import { releaseImage } from "./url-element.js";

export function barcodeElement(release: Release): XmlElement {
  return release.barcode === null ? nil("barcode") : element("barcode", release.barcode);
}

export function coverElement(release: Release, asked: Asked): XmlElement {
  return releaseImage(release, asked.imageSize ?? 50, asked);
}

export function named(name: "label" | "licensor", { id, name: text }: NamedId): XmlElement {
  return element(name, [element("name", text)], { id });
}

export function copyrightLines({ year, label }: Release): readonly XmlElement[] {
  return year === 0 ? [] : [element("cline", `(C) ${year} ${label.name}`), element("pline", `(P) ${year} ${label.name}`)];
}

export function totalDuration({ id }: Release, { catalogue }: Asked): number {
  return catalogue.tracksOf(id, { offset: 0, limit: 500 }).items.reduce((sum, { duration }) => sum + duration, 0);
}

export function artistOf(item: { readonly artistId: number }, asked: Asked): Artist {
  const artist = asked.catalogue.artist(item.artistId);
  if (artist === undefined) throw new Error(`The sandbox catalogue credits artist ${item.artistId}, whom it does not know.`);
  return artist;
}
