/** track/*: the methods about tracks. @see API document, "track/chart" to "track/search" */

import { chartElement } from "../elements/chart-element.js";
import { searchElement } from "../elements/search-element.js";
import { chartedTrack, detailedTrack, foundTrack } from "../elements/track-element.js";
import { clipPath } from "../sites/media/clip.js";
import { method, type Method } from "../api/method.js";
import { date, id, oneOf, optional, query, required, trueOrFalse } from "../api/parameters.js";
import { element } from "../api/xml.js";
import { batchElement, idList } from "./batch.js";
import { yesterday } from "./days.js";
import { availableTrack } from "./existing.js";

const chart = method({
  path: "track/chart",
  auth: "consumer-key",
  maxAgeSeconds: 3600,
  errorsArriveAs200: true,
  parameters: { period: optional(oneOf("day", "week", "month")), toDate: optional(date) },
  answer({ period = "week", toDate }, asked) {
    const tracks = asked.catalogue.trackChart(period, toDate ?? yesterday(asked), asked.store, asked.range);
    return chartElement("track", tracks, asked, chartedTrack);
  },
});

const details = method({
  path: "track/details",
  auth: "consumer-key",
  maxAgeSeconds: 432_000,
  parameters: { trackId: required(id) },
  answer: ({ trackId }, asked) => detailedTrack(availableTrack(trackId, asked), asked),
});

const detailsBatch = method({
  path: "track/details/batch",
  auth: "consumer-key",
  maxAgeSeconds: 432_000,
  parameters: { trackids: required(idList), showErrors: optional(trueOrFalse) },
  answer({ trackids, showErrors = false }, asked) {
    const batched = { single: details, parameter: "trackId", name: "tracks", notFound: () => "Track not found" };
    return batchElement(batched, trackids, showErrors, asked);
  },
});

const preview = method({
  path: "track/preview",
  auth: "consumer-key",
  maxAgeSeconds: null,
  parameters: { trackId: required(id), redirect: optional(trueOrFalse) },
  answer({ trackId, redirect = true }, asked) {
    const url = asked.origin + clipPath(availableTrack(trackId, asked).id);
    return redirect ? { redirectTo: url } : element("url", url);
  },
});

const search = method({
  path: "track/search",
  auth: "consumer-key",
  maxAgeSeconds: 60,
  parameters: { q: required(query) },
  answer({ q }, asked) {
    return searchElement("track", asked.catalogue.searchTracks(q, asked.store, asked.range), asked, foundTrack);
  },
});

export const trackMethods: readonly Method[] = [chart, details, detailsBatch, preview, search];
