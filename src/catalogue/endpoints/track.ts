/** Methods for tracks. @see API document, "Track" */
import { chartPage, page, pageParams } from "../../shared/page.js";
import { day, flag, id, optional, text, word } from "../../upstream/request/params.js";
import { inside } from "../../upstream/xml/decode.js";
import { httpUrl, needed } from "../../upstream/xml/values.js";
import { batchAnswer } from "../batch-answer.js";
import { batchOf, catalogueRead } from "../catalogue-read.js";
import { track, trackChartItem, trackMatch } from "../decoders.js";

/** track/chart: the most purchased tracks of a period. `toDate` is the last day counted; yesterday when left out. */
export const trackChart = catalogueRead({
  path: "track/chart",
  params: { period: optional(word<"day" | "week" | "month">()), toDate: optional(day), ...pageParams },
  result: inside("chart", chartPage(trackChartItem)),
});

/** track/details: all that 7digital has of one track, on a release that 7digital chooses. */
export const trackDetails = catalogueRead({
  path: "track/details",
  params: { trackId: id },
  result: inside("track", track),
});

/** track/details/batch: the same of several tracks. It is not in the API document. */
export const trackDetailsBatch = batchOf(trackDetails, {
  path: "track/details/batch",
  params: { trackids: text, showErrors: flag },
  result: batchAnswer(["tracks", "track"], track),
  paramsOfOne: (trackId) => ({ trackId }),
  paramsOfSeveral: (ids) => ({ trackids: ids.join(","), showErrors: true }),
});

/** track/preview: where a clip of 30 to 60 seconds can be heard. `redirect` is always false: by default
 *  7digital answers with a redirect to the clip. */
export const trackPreview = catalogueRead({
  path: "track/preview",
  params: { trackId: id, redirect: flag },
  result: inside("url", needed(httpUrl)),
});

/** track/search: tracks that match the words. */
export const trackSearch = catalogueRead({
  path: "track/search",
  params: { q: text, ...pageParams },
  result: inside("searchResults", page("searchResult", trackMatch)),
});

/** track/search2: as track/search. It is in 7digital's stub of the API. */
export const trackSearch2 = catalogueRead({
  path: "track/search2",
  params: { q: text, ...pageParams },
  result: inside("searchResults", page("searchResult", trackMatch)),
});
