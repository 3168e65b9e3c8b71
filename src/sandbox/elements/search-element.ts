/** `<searchResults>`: hits with their type and score. */

import type { Asked } from "../api/method.js";
import type { Scored, Slice } from "../model.js";
import { element, type XmlElement } from "../api/xml.js";
import { listElement } from "./list-element.js";

export function searchElement<T>(
  type: "artist" | "release" | "track",
  hits: Slice<Scored<T>>,
  asked: Asked,
  write: (item: T, asked: Asked) => XmlElement,
): XmlElement {
  return listElement("searchResults", hits, asked, ({ score, item }) =>
    element("searchResult", [element("type", type), element("score", score), write(item, asked)]),
  );
}
