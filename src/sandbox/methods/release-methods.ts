/** release/*: the methods about releases, but for their tags. @see API document, "release/bydate" to "release/tracks" */

import { chartElement } from "../elements/chart-element.js";
import { listElement } from "../elements/list-element.js";
import { chartedRelease, detailedRelease, foundRelease, releaseElement } from "../elements/release-element.js";
import { searchElement } from "../elements/search-element.js";
import { trackElement } from "../elements/track-element.js";
import { ApiError } from "../api/errors.js";
import { falls } from "../api/irregularities.js";
import { method, type Method } from "../api/method.js";
import { date, id, notValid, oneOf, optional, query, required, someOf, trueOrFalse } from "../api/parameters.js";
import { element } from "../api/xml.js";
import { batchElement, idList } from "./batch.js";
import { today, yesterday } from "./days.js";
import { availableRelease, existingArtist } from "./existing.js";

const byDate = method({
  path: "release/bydate",
  auth: "consumer-key",
  maxAgeSeconds: 3600,
  parameters: { fromDate: optional(date), toDate: optional(date) },
  answer({ fromDate, toDate }, asked) {
    const releases = asked.catalogue.releasesByDate(fromDate ?? today(asked), toDate ?? today(asked), asked.store, asked.range);
    return listElement("releases", releases, asked, (release) => releaseElement(release, asked));
  },
});

const chart = method({
  path: "release/chart",
  auth: "consumer-key",
  maxAgeSeconds: 3600,
  errorsArriveAs200: true,
  parameters: { period: optional(oneOf("week", "month", "year")), toDate: optional(date) },
  answer({ period = "week", toDate }, asked) {
    const releases = asked.catalogue.releaseChart(period, toDate ?? yesterday(asked), asked.store, asked.range);
    return chartElement("album", releases, asked, chartedRelease);
  },
});

const details = method({
  path: "release/details",
  auth: "consumer-key",
  maxAgeSeconds: 432_000,
  parameters: { releaseId: required(id) },
  answer({ releaseId }, asked) {
    return detailedRelease(availableRelease(releaseId, asked, noReleases(releaseId)), asked);
  },
});

const noReleases = (releaseId: number | string): string => `No releases found with id: ${releaseId}`;

const detailsBatch = method({
  path: "release/details/batch",
  auth: "consumer-key",
  maxAgeSeconds: 432_000,
  parameters: { releaseids: required(idList), showErrors: optional(trueOrFalse) },
  answer({ releaseids, showErrors = false }, asked) {
    return batchElement({ single: details, parameter: "releaseId", name: "releases", notFound: noReleases }, releaseids, showErrors, asked);
  },
});

/** Not in the API document. Recorded: an editorial without text is empty, and texts end with blanks. */
const editorial = method({
  path: "release/editorial",
  auth: "consumer-key",
  maxAgeSeconds: 86_400,
  parameters: { releaseId: required(id) },
  answer({ releaseId }, asked) {
    const release = availableRelease(releaseId, asked);
    const { review, promotionalText } = asked.catalogue.editorialOf(release);
    const padding = falls("padded-review", releaseId, 2) ? "\n      " : "";
    return element("editorial", [
      review === null ? null : element("review", [element("text", review + padding)]),
      promotionalText === null ? null : element("promotionalText", [element("text", padding + promotionalText + padding)]),
    ]);
  },
});

const recommend = method({
  path: "release/recommend",
  auth: "consumer-key",
  maxAgeSeconds: 86_400,
  parameters: { releaseId: optional(id), artistId: optional(id) },
  answer({ releaseId, artistId }, asked) {
    const subject = recommendationSubject(releaseId, artistId);
    if ("artistId" in subject) existingArtist(subject.artistId, asked);
    else availableRelease(subject.releaseId, asked);
    const releases = asked.catalogue.recommendedFor(subject, asked.store, asked.range);
    return listElement("recommendations", releases, asked, (release) => element("recommendedItem", [releaseElement(release, asked)]));
  },
});

function recommendationSubject(releaseId: number | undefined, artistId: number | undefined) {
  if (releaseId !== undefined && artistId !== undefined) throw notValid("artistId");
  if (releaseId !== undefined) return { releaseId };
  if (artistId !== undefined) return { artistId };
  throw new ApiError(1001, "Required parameter releaseId or artistId is missing");
}

const search = method({
  path: "release/search",
  auth: "consumer-key",
  maxAgeSeconds: 60,
  parameters: { q: required(query), type: optional(someOf("Album", "Single", "Video")) },
  answer({ q, type = null }, asked) {
    return searchElement("release", asked.catalogue.searchReleases(q, type, asked.store, asked.range), asked, foundRelease);
  },
});

const tracks = method({
  path: "release/tracks",
  auth: "consumer-key",
  maxAgeSeconds: 432_000,
  parameters: { releaseId: required(id) },
  answer({ releaseId }, asked) {
    const release = availableRelease(releaseId, asked);
    return listElement("tracks", asked.catalogue.tracksOf(release.id, asked.range), asked, (track) => trackElement(track, asked));
  },
});

export const releaseMethods: readonly Method[] = [byDate, chart, details, detailsBatch, editorial, recommend, search, tracks];
