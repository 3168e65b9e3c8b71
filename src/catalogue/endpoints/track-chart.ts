/** track/chart: the most purchased tracks of a period. `toDate` is the last day counted; yesterday when left out. */
import { endpoint } from "../../upstream/endpoint.js";
import { inside } from "../../upstream/xml/decode.js";
import { day, optional, word } from "../../upstream/request/params.js";
import { chartPage, pageParams } from "../../shared/page.js";
import { trackChartItem } from "../decoders.js";

export const trackChart = endpoint({
  path: "track/chart",
  auth: "key",
  effect: "read",
  params: {
    period: optional(word<"day" | "week" | "month">()),
    toDate: optional(day),
    ...pageParams,
  },
  result: inside("chart", chartPage(trackChartItem)),
});
