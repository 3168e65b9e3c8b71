/** editorial/list. @see API document, "editorial/list" */

import { artistElement } from "../elements/artist-element.js";
import { releaseElement, sleeveOnly } from "../elements/release-element.js";
import { trackElement } from "../elements/track-element.js";
import { ApiError } from "../api/errors.js";
import { falls } from "../api/irregularities.js";
import { method, type Asked, type Method } from "../api/method.js";
import type { EditorialItem } from "../model.js";
import { required, text } from "../api/parameters.js";
import { element, type XmlElement } from "../api/xml.js";

const list = method({
  path: "editorial/list",
  auth: "consumer-key",
  maxAgeSeconds: 3600,
  errorsArriveAs200: true,
  parameters: { key: required(text) },
  answer({ key }, asked) {
    const found = asked.catalogue.editorialList(key, asked.store);
    if (found === undefined) throw new ApiError(2001, "The list was not found");
    // An empty list has no place for items at all.
    const items =
      found.items.length === 0
        ? null
        : element(
            "listItems",
            found.items.map((item) => itemElement(item, found.key, asked)),
          );
    return element("list", [element("key", found.key), items], { id: found.id });
  },
});

function itemElement({ id, content }: EditorialItem, key: string, asked: Asked): XmlElement {
  return element("listItem", [element("type", content.type), contentElement(content, key, asked)], { id });
}

/** Some lists have whole releases; the others, like the one in the document, have only their sleeve. */
function contentElement(content: EditorialItem["content"], key: string, asked: Asked): XmlElement {
  if (content.type === "artist") return artistElement(content.artist, 150, asked);
  if (content.type === "track") return trackElement(content.track, asked);
  const inFull = key !== "featured_albums" && falls("editorial-in-full", key, 2);
  return inFull ? releaseElement(content.release, asked) : sleeveOnly(content.release, asked);
}

export const editorialMethods: readonly Method[] = [list];
