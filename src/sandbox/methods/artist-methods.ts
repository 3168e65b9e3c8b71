/** artist/*: the methods about artists, but for their tags. @see API document, "artist/browse" to "artist/similar" */

import { artistElement, artistLink, bioElements } from "../elements/artist-element.js";
import { chartElement } from "../elements/chart-element.js";
import { listElement } from "../elements/list-element.js";
import { releaseElement } from "../elements/release-element.js";
import { searchElement } from "../elements/search-element.js";
import { trackElement } from "../elements/track-element.js";
import { method, type Method } from "../api/method.js";
import { date, id, oneOf, optional, orderBy, query, required, text, type Order } from "../api/parameters.js";
import { element } from "../api/xml.js";
import { yesterday } from "./days.js";
import { existingArtist } from "./existing.js";

const browse = method({
  path: "artist/browse",
  auth: "consumer-key",
  maxAgeSeconds: 86_400,
  errorsArriveAs200: true,
  parameters: { letter: required(text) },
  answer({ letter }, asked) {
    const artists = asked.catalogue.artistsStartingWith(letter, asked.range);
    return listElement("artists", artists, asked, (artist) => artistElement(artist, 50, asked));
  },
});

const chart = method({
  path: "artist/chart",
  auth: "consumer-key",
  maxAgeSeconds: 3600,
  errorsArriveAs200: true,
  parameters: { period: optional(oneOf("day", "week", "month")), toDate: optional(date) },
  answer({ period = "week", toDate }, asked) {
    const artists = asked.catalogue.artistChart(period, toDate ?? yesterday(asked), asked.store, asked.range);
    return chartElement("artist", artists, asked, artistLink);
  },
});

const details = method({
  path: "artist/details",
  auth: "consumer-key",
  maxAgeSeconds: 432_000,
  parameters: { artistId: required(id) },
  answer({ artistId }, asked) {
    const artist = existingArtist(artistId, asked);
    return artistElement(artist, 150, asked, bioElements(artist));
  },
});

const releases = method({
  path: "artist/releases",
  auth: "consumer-key",
  maxAgeSeconds: 86_400,
  parameters: { artistId: required(id), type: optional(oneOf("Album", "Single", "Video")) },
  answer({ artistId, type }, asked) {
    const artist = existingArtist(artistId, asked);
    const found = asked.catalogue.releasesOf(artist.id, type === undefined ? null : [type], asked.store, asked.range);
    return listElement("releases", found, asked, (release) => releaseElement(release, asked));
  },
});

const bestFirst: Order<"score"> = { by: "score", descending: true };

const search = method({
  path: "artist/search",
  auth: "consumer-key",
  maxAgeSeconds: 60,
  parameters: { q: required(query), sort: optional(orderBy("popularity", "score", "name")) },
  answer({ q, sort = bestFirst }, asked) {
    const artists = asked.catalogue.searchArtists(q, sort, asked.range);
    return searchElement("artist", artists, asked, (artist) =>
      artistElement(artist, 50, asked, [element("popularity", artist.popularity)]),
    );
  },
});

const topTracks = method({
  path: "artist/toptracks",
  auth: "consumer-key",
  maxAgeSeconds: 3600,
  parameters: { artistId: required(id) },
  answer({ artistId }, asked) {
    const artist = existingArtist(artistId, asked);
    const tracks = asked.catalogue.topTracksOf(artist.id, asked.store, asked.range);
    return listElement("tracks", tracks, asked, (track) => trackElement(track, asked));
  },
});

const similar = method({
  path: "artist/similar",
  auth: "consumer-key",
  maxAgeSeconds: 86_400,
  parameters: { artistId: required(id) },
  answer({ artistId }, asked) {
    const artist = existingArtist(artistId, asked);
    const artists = asked.catalogue.similarTo(artist.id, asked.range);
    return listElement("artists", artists, asked, (one) => artistElement(one, 150, asked));
  },
});

export const artistMethods: readonly Method[] = [browse, chart, details, releases, search, topTracks, similar];
