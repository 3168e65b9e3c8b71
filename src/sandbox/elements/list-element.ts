/** The frame around the items of a list: paging, and how an empty list looks. */

import type { Asked } from "../api/method.js";
import type { Slice } from "../model.js";
import { element, type XmlElement } from "../api/xml.js";

/** Methods whose empty lists say that a page holds no items. */
const saysZeroWhenEmpty = new Set(["artist/similar", "artist/search", "track/search", "artist/bytag/top"]);

/** `<page>`, `<pageSize>` and `<totalItems>`. */
export function pagingElements(slice: Slice<unknown>, asked: Asked): XmlElement[] {
  const saysZero = slice.total === 0 && saysZeroWhenEmpty.has(asked.path);
  return [element("page", asked.page), element("pageSize", saysZero ? 0 : asked.pageSize), element("totalItems", slice.total)];
}

export function listElement<T>(name: string, slice: Slice<T>, asked: Asked, write: (item: T) => XmlElement): XmlElement {
  return element(name, [...pagingElements(slice, asked), ...slice.items.map(write)]);
}
