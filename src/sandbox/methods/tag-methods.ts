/** tag and tag/related, and the tag methods of artists and releases. @see API document, "tag" to "release/bytag/top" */

import { artistElement } from "../elements/artist-element.js";
import { listElement, pagingElements } from "../elements/list-element.js";
import { taggedRelease } from "../elements/release-element.js";
import { tagUrl } from "../elements/url-element.js";
import { ApiError } from "../api/errors.js";
import { method, type Asked, type Method } from "../api/method.js";
import type { Slice, Tag } from "../model.js";
import { id, required, tagList } from "../api/parameters.js";
import { element, type XmlElement } from "../api/xml.js";
import { availableRelease, existingArtist } from "./existing.js";

const maxAgeSeconds = 86_400;

const allTags = method({
  path: "tag",
  auth: "consumer-key",
  maxAgeSeconds: 432_000,
  errorsArriveAs200: true,
  parameters: {},
  answer: (_none, asked) =>
    listElement("tags", asked.catalogue.tags(asked.range), asked, (tag) => tagElement(tag, [element("count", tag.count)])),
});

const artistTags = method({
  path: "artist/tags",
  auth: "consumer-key",
  maxAgeSeconds,
  errorsArriveAs200: true,
  parameters: { artistId: required(id) },
  answer: ({ artistId }, asked) => tagsElement(existingArtist(artistId, asked).tags, asked),
});

const releaseTags = method({
  path: "release/tags",
  auth: "consumer-key",
  maxAgeSeconds,
  errorsArriveAs200: true,
  parameters: { releaseId: required(id) },
  answer: ({ releaseId }, asked) => tagsElement(availableRelease(releaseId, asked).tags, asked),
});

/** Not in the API document. @see RelatedTags in 7digital's schema for .NET */
const related = method({
  path: "tag/related",
  auth: "consumer-key",
  maxAgeSeconds,
  errorsArriveAs200: true,
  parameters: { tags: required(tagList) },
  answer: ({ tags }, asked) => listElement("tags", found(asked.catalogue.relatedTags(tags, asked.range)), asked, (tag) => tagElement(tag)),
});

const topArtists = method({
  path: "artist/bytag/top",
  auth: "consumer-key",
  maxAgeSeconds,
  errorsArriveAs200: true,
  parameters: { tags: required(tagList) },
  answer({ tags }, asked) {
    const artists = found(asked.catalogue.artistsTagged(tags, asked.range));
    // The document puts the type into every item, real answers for one tag were recorded with it beside the paging.
    if (tags.length > 1) {
      return listElement("taggedResults", artists, asked, (artist) =>
        element("taggedItem", [element("type", "artist"), artistElement(artist, 50, asked, [element("popularity", artist.popularity)])]),
      );
    }
    return typedResults("artist", artists, asked, (artist) => artistElement(artist, 150, asked));
  },
});

const newReleases = method({
  path: "release/bytag/new",
  auth: "consumer-key",
  maxAgeSeconds: 3600,
  errorsArriveAs200: true,
  parameters: { tags: required(tagList) },
  answer: ({ tags }, asked) => releasesTagged(tags, "new", asked),
});

const topReleases = method({
  path: "release/bytag/top",
  auth: "consumer-key",
  maxAgeSeconds,
  errorsArriveAs200: true,
  parameters: { tags: required(tagList) },
  answer: ({ tags }, asked) => releasesTagged(tags, "top", asked),
});

function releasesTagged(tags: readonly string[], order: "new" | "top", asked: Asked): XmlElement {
  const releases = found(asked.catalogue.releasesTagged(tags, order, asked.store, asked.range));
  return typedResults("release", releases, asked, (release) => taggedRelease(release, asked));
}

function typedResults<T>(type: string, slice: Slice<T>, asked: Asked, write: (item: T) => XmlElement): XmlElement {
  const items = slice.items.map((item) => element("taggedItem", [write(item)]));
  return element("taggedResults", [...pagingElements(slice, asked), element("type", type), ...items]);
}

function found<T>(slice: Slice<T> | undefined): Slice<T> {
  if (slice === undefined) throw new ApiError(2001, "None of the provided tag(s) exist.");
  return slice;
}

function tagsElement(ids: readonly string[], asked: Asked): XmlElement {
  const { offset, limit } = asked.range;
  const tags = ids.slice(offset, offset + limit).map((one) => asked.catalogue.tag(one) ?? { id: one, text: one, count: 0 });
  return listElement("tags", { total: ids.length, items: tags }, asked, (tag) => tagElement(tag));
}

function tagElement(tag: Tag, more: readonly XmlElement[] = []): XmlElement {
  return element("tag", [element("text", tag.text), tagUrl(tag.id), ...more], { id: tag.id });
}

export const tagMethods: readonly Method[] = [allTags, related, artistTags, releaseTags, topArtists, newReleases, topReleases];
