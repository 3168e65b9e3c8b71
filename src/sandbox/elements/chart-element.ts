/** `<chart>`: its period, and its items with their positions. */

import type { Asked } from "../api/method.js";
import type { Chart } from "../model.js";
import { element, type XmlElement } from "../api/xml.js";
import { pagingElements } from "./list-element.js";

export function chartElement<T>(
  type: "artist" | "album" | "track",
  chart: Chart<T>,
  asked: Asked,
  write: (item: T, asked: Asked) => XmlElement,
): XmlElement {
  return element("chart", [
    ...pagingElements(chart, asked),
    element("type", type),
    element("fromDate", chart.fromDate),
    element("toDate", chart.toDate),
    ...chart.items.map(({ position, change, item }) =>
      element("chartItem", [element("position", position), element("change", change), write(item, asked)]),
    ),
  ]);
}
