/** release/chart: the most purchased releases of a period, albums only. `toDate` is the last day counted; yesterday when left out. */
import { endpoint } from "../../upstream/endpoint.js";
import { inside } from "../../upstream/xml/decode.js";
import { day, optional, word } from "../../upstream/request/params.js";
import { chartPage, pageParams } from "../../shared/page.js";
import { releaseChartItem } from "../decoders.js";

export const releaseChart = endpoint({
  path: "release/chart",
  auth: "key",
  effect: "read",
  params: {
    period: optional(word<"week" | "month" | "year">()),
    toDate: optional(day),
    ...pageParams,
  },
  result: inside("chart", chartPage(releaseChartItem)),
});
