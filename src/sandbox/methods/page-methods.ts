/** catalogue/*: what a page of the shop is about. Not in the API document: written from recordings and from 7digital's stub of its API. */

import { ApiError } from "../api/errors.js";
import { falls } from "../api/irregularities.js";
import { method, type Asked, type Method } from "../api/method.js";
import { required, text } from "../api/parameters.js";
import { element, nil, type XmlElement } from "../api/xml.js";
import { artistImage, artistUrl } from "../elements/url-element.js";
import type { Release } from "../model.js";

const maxAgeSeconds = 86_400;

const artistByUrl = method({
  path: "catalogue/artist-byurl",
  auth: "consumer-key",
  maxAgeSeconds,
  parameters: { artistSlug: required(text) },
  answer({ artistSlug }, asked) {
    const artist = asked.catalogue.artistWithSlug(artistSlug);
    if (artist === undefined) throw new ApiError(2001, "Artist not found");
    const image = artist.hasImage ? artistImage(artist, asked.imageSize ?? 150, asked) : nil("image");
    // Recorded: the only method that spells sortname like this.
    return element("artist", [element("name", artist.name), element("sortname", artist.sortName), artistUrl(artist), image], {
      id: artist.id,
      key: artist.slug,
    });
  },
});

const releaseByUrl = method({
  path: "catalogue/release-byurl",
  auth: "consumer-key",
  maxAgeSeconds,
  parameters: { artistSlug: required(text), releaseSlug: required(text) },
  answer({ artistSlug, releaseSlug }, asked) {
    const release = asked.catalogue.releaseWithSlug(artistSlug, releaseSlug, asked.store);
    if (release === undefined) throw new ApiError(2001, "Release not found");
    if (!asked.catalogue.isAvailable(release, asked.store)) throw new ApiError(2002, "Release is not available in this country / shop");
    return releaseElement(release, asked);
  },
});

/** Recorded: nothing but ids, with or without elements in which the rest would be. */
function releaseElement({ id, slug, artistId }: Release, { store }: Asked): XmlElement {
  const artist = element("artist", [element("name", ""), element("url", "")], { id: artistId });
  const empty = [element("title", ""), element("type", ""), artist, element("url", "")];
  const shop = store.shopId === null ? {} : { shopId: store.shopId };
  return element("release", falls("release-page-bare", id, 2) ? [] : empty, { id, slug, ...shop });
}

export const pageMethods: readonly Method[] = [artistByUrl, releaseByUrl];
