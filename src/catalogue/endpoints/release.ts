/** Methods for releases. @see API document, "Release" */
import { chartPage, page, pageParams } from "../../shared/page.js";
import { commaSeparated, day, flag, id, optional, text, word } from "../../upstream/request/params.js";
import { inside } from "../../upstream/xml/decode.js";
import { batchAnswer } from "../batch-answer.js";
import { batchOf, catalogueRead } from "../catalogue-read.js";
import { editorialTexts, listedRelease, listedTrack, release, releaseChartItem, releaseMatch, taggedRelease } from "../decoders.js";

/** release/bydate: releases of a range of days, both inclusive; today when left out. */
export const releaseByDate = catalogueRead({
  path: "release/bydate",
  params: { fromDate: optional(day), toDate: optional(day), ...pageParams },
  result: inside("releases", page("release", listedRelease)),
});

/** release/chart: the most purchased releases of a period, albums only. `toDate` is the last day counted; yesterday when left out. */
export const releaseChart = catalogueRead({
  path: "release/chart",
  params: { period: optional(word<"week" | "month" | "year">()), toDate: optional(day), ...pageParams },
  result: inside("chart", chartPage(releaseChartItem)),
});

/** release/details: all that 7digital has of one release. */
export const releaseDetails = catalogueRead({
  path: "release/details",
  params: { releaseId: id },
  result: inside("release", release),
});

/** release/details/batch: the same of several releases. It is not in the API document. */
export const releaseDetailsBatch = batchOf(releaseDetails, {
  path: "release/details/batch",
  params: { releaseids: text, showErrors: flag },
  result: batchAnswer(["releases", "release"], release),
  paramsOfOne: (releaseId) => ({ releaseId }),
  paramsOfSeveral: (ids) => ({ releaseids: ids.join(","), showErrors: true }),
});

/** release/editorial: what 7digital's editors write about a release. Not in the API document. */
export const releaseEditorial = catalogueRead({
  path: "release/editorial",
  params: { releaseId: id },
  result: inside("editorial", editorialTexts),
});

/** release/recommend: releases for those who like one release or one artist: exactly one of both ids. */
export const releaseRecommend = catalogueRead({
  path: "release/recommend",
  params: { releaseId: optional(id), artistId: optional(id), ...pageParams },
  result: inside("recommendations", page("recommendedItem", taggedRelease)),
});

/** release/search: releases that match the words, of some types or of all. */
export const releaseSearch = catalogueRead({
  path: "release/search",
  params: { q: text, type: optional(commaSeparated(word<"album" | "single" | "video">())), ...pageParams },
  result: inside("searchResults", page("searchResult", releaseMatch)),
});

/** release/tracks: the tracks of one release, in order. */
export const releaseTracks = catalogueRead({
  path: "release/tracks",
  params: { releaseId: id, ...pageParams },
  result: inside("tracks", page("track", listedTrack)),
});
