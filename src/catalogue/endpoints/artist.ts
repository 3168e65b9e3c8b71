/** Methods for artists. @see API document, "Artist" */
import { chartPage, page, pageParams } from "../../shared/page.js";
import { day, id, optional, text, word } from "../../upstream/request/params.js";
import { inside } from "../../upstream/xml/decode.js";
import { catalogueRead } from "../catalogue-read.js";
import { artist, artistChartItem, artistMatch, listedArtist, listedRelease, listedTrack, taggedRelease } from "../decoders.js";

/** artist/browse: artists whose names begin with the letters. */
export const artistBrowse = catalogueRead({
  path: "artist/browse",
  params: { letter: text, ...pageParams },
  result: inside("artists", page("artist", listedArtist)),
});

/** artist/chart: the most popular artists of a period. `toDate` is the last day counted; yesterday when left out. */
export const artistChart = catalogueRead({
  path: "artist/chart",
  params: { period: optional(word<"day" | "week" | "month">()), toDate: optional(day), ...pageParams },
  result: inside("chart", chartPage(artistChartItem)),
});

/** artist/details: all that 7digital has of one artist. */
export const artistDetails = catalogueRead({
  path: "artist/details",
  params: { artistId: id },
  result: inside("artist", artist),
});

/** artist/recommend: releases for those who like one artist. Not in the API document, and without a field: release/recommend gives the same. */
export const artistRecommend = catalogueRead({
  path: "artist/recommend",
  params: { artistId: id, ...pageParams },
  result: inside("recommendations", page("recommendedItem", taggedRelease)),
});

/** artist/releases: an artist's releases, of one type or of all. */
export const artistReleases = catalogueRead({
  path: "artist/releases",
  params: { artistId: id, type: optional(word<"album" | "single" | "video">()), ...pageParams },
  result: inside("releases", page("release", listedRelease)),
});

/** artist/search: artists that match the words. `sort` is a column and a direction, "score desc" when left out. */
export const artistSearch = catalogueRead({
  path: "artist/search",
  params: { q: text, sort: optional(text), ...pageParams },
  result: inside("searchResults", page("searchResult", artistMatch)),
});

/** artist/toptracks: an artist's most popular tracks. */
export const artistTopTracks = catalogueRead({
  path: "artist/toptracks",
  params: { artistId: id, ...pageParams },
  result: inside("tracks", page("track", listedTrack)),
});

/** artist/similar: artists like one artist. */
export const artistSimilar = catalogueRead({
  path: "artist/similar",
  params: { artistId: id, ...pageParams },
  result: inside("artists", page("artist", listedArtist)),
});
