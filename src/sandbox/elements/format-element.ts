/** File formats: in full in the earlier era, by their description in the later one. */

import { falls } from "../api/irregularities.js";
import type { Format, Release } from "../model.js";
import { element, type XmlElement } from "../api/xml.js";

/** Inside a package. */
export function describedFormat(format: Format): XmlElement {
  return element("format", [element("description", format.description)], { id: format.id });
}

/** `<formats>` beside the price, in the earlier era. */
export function formatsElement({ id, era, formats }: Pick<Release, "id" | "era" | "formats">, inSearch: boolean): XmlElement | null {
  if (era === "packages") return null;
  const drmFree = formats.some((format) => format.drmFree);
  const attributes: Record<string, string> = falls("formats-without-drm", id, 14) ? {} : { availableDrmFree: String(drmFree) };
  const elements = formats.map((format, index) =>
    element(
      "format",
      [element("fileFormat", format.fileFormat), bitRate(format, id), inSearch ? null : element("drmFree", format.drmFree)],
      inSearch ? { id: format.id, priority: index + 1 } : { id: format.id },
    ),
  );
  return element("formats", elements, attributes);
}

/** Beside the address of a download. */
export function downloadFormat(format: Format, itemId: number): XmlElement {
  const content = [element("fileFormat", format.fileFormat), bitRate(format, itemId), element("drmFree", format.drmFree)];
  return element("format", content, { id: format.id });
}

/** Video and lossless formats have none: 0 in most answers, empty in some. */
function bitRate(format: Format, itemId: number): XmlElement {
  return element("bitRate", format.bitRate ?? (falls("bit-rate-empty", itemId, 3) ? "" : 0));
}
