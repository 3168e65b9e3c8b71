/** editorial/list and merchandising/list/details. @see API document, "editorial/list" */

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

/** Not in the API document. As recorded: the shape of editorial/list, releases in full, and sometimes a description. The default shop's
 *  list without a shop. */
const merchandisingList = method({
  path: "merchandising/list/details",
  auth: "consumer-key",
  maxAgeSeconds: 3600,
  errorsArriveAs200: true,
  parameters: { key: required(text) },
  answer({ key }, asked) {
    const found = asked.catalogue.merchandisingList(key, asked.store);
    if (found === undefined) throw new ApiError(2001, "The list was not found");
    const { id, description, items } = found;
    const listItems = items.map((item) =>
      element("listItem", [element("type", item.content.type), wholeElement(item.content, asked)], { id: item.id }),
    );
    return element(
      "list",
      [
        element("key", found.key),
        description === undefined ? null : element("description", description),
        items.length === 0 && description === undefined ? null : element("listItems", listItems),
      ],
      { id },
    );
  },
});

function itemElement({ id, content }: EditorialItem, key: string, asked: Asked): XmlElement {
  return element("listItem", [element("type", content.type), contentElement(content, key, asked)], { id });
}

/** Some lists have whole releases; the others, like the one in the document, have only their sleeve. */
function contentElement(content: EditorialItem["content"], key: string, asked: Asked): XmlElement {
  const inFull = content.type !== "release" || (key !== "featured_albums" && falls("editorial-in-full", key, 2));
  return inFull ? wholeElement(content, asked) : sleeveOnly(content.release, asked);
}

function wholeElement(content: EditorialItem["content"], asked: Asked): XmlElement {
  if (content.type === "artist") return artistElement(content.artist, 150, asked);
  return content.type === "track" ? trackElement(content.track, asked) : releaseElement(content.release, asked);
}

export const editorialMethods: readonly Method[] = [list, merchandisingList];
