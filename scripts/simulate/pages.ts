/** The pages of a shop: the operation that each sends, and what that reads from 7digital in a store. `--measure` proves that the two agree. */
import { artistDetails, artistReleases, artistSearch, artistSimilar, artistTopTracks } from "../../src/catalogue/endpoints/artist.js";
import { releaseChart, releaseDetails, releaseSearch, releaseTracks } from "../../src/catalogue/endpoints/release.js";
import { trackSearch } from "../../src/catalogue/endpoints/track.js";
import type { Endpoint } from "../../src/upstream/endpoint.js";
import { createRequestBuilder, type SharedKey } from "../../src/upstream/request/request.js";
import type { Pair } from "../../src/upstream/request/percent-encoding.js";
import { readAnswer } from "../../src/upstream/xml/envelope.js";

/** What a page is about: the artist or release of that ID, or the text searched for. */
export type Subject = string;

export interface Reading {
  readonly path: string;
  keyOf(subject: Subject): SharedKey;
  /** What is sent. */
  pairsOf(subject: Subject): readonly Pair[];
  /** The value that a cache holds. @throws UpstreamError */
  decode(body: Buffer): unknown;
}

export interface Page {
  readonly name: string;
  /** Of a hundred visits. */
  readonly weight: number;
  readonly about: "artist" | "release" | "search" | "chart";
  readonly document: string;
  readonly reads: readonly Reading[];
}

export const session = { store: { country: "GB" } } as const;
const requests = createRequestBuilder();

function reading<P, R>(endpoint: Endpoint<P, R>, paramsOf: (subject: Subject) => P): Reading {
  return {
    path: endpoint.path,
    keyOf(subject) {
      const key = requests.sharedKey(endpoint, paramsOf(subject), session);
      if (key === undefined) throw new Error(`${endpoint.path} cannot be cached.`);
      return key;
    },
    pairsOf: (subject) => requests.pairs(endpoint, paramsOf(subject), session),
    decode: (body) => readAnswer(endpoint, { httpStatus: 200, body }),
  };
}

const firstTen = { page: 1, pageSize: 10 };
/** The largest page that the document allows: a list that is read whole. */
const whole = { page: 1, pageSize: 500 };

export const pages: readonly [Page, ...Page[]] = [
  {
    name: "artist",
    weight: 30,
    about: "artist",
    document: `query ($subject: ID!) {
      artist(id: $subject) {
        name url
        releases(first: 10) { totalCount nodes { title year } }
        topTracks(first: 10) { nodes { title durationSeconds } }
        similarArtists(first: 10) { nodes { name } }
      }
    }`,
    reads: [
      reading(artistDetails, (artistId) => ({ artistId })),
      reading(artistReleases, (artistId) => ({ artistId, ...firstTen })),
      reading(artistTopTracks, (artistId) => ({ artistId, ...firstTen })),
      reading(artistSimilar, (artistId) => ({ artistId, ...firstTen })),
    ],
  },
  {
    name: "release with its tracks",
    weight: 40,
    about: "release",
    document: `query ($subject: ID!) {
      release(id: $subject) {
        title barcode artist { name } label { name } price { current { display } }
        tracks { totalCount nodes { number title durationSeconds price { current { display } } } }
      }
    }`,
    reads: [reading(releaseDetails, (releaseId) => ({ releaseId })), reading(releaseTracks, (releaseId) => ({ releaseId, ...whole }))],
  },
  {
    name: "chart",
    weight: 10,
    about: "chart",
    document: `{ releaseChart(first: 50) { edges { position node { title artist { name } price { current { display } } } } } }`,
    reads: [reading(releaseChart, () => ({ period: "week" as const, page: 1, pageSize: 50 }))],
  },
  {
    name: "search",
    weight: 20,
    about: "search",
    document: `query ($subject: String!) {
      search(query: $subject) {
        artists(first: 10) { edges { score node { name } } }
        releases(first: 10) { edges { score node { title artistCredit } } }
        tracks(first: 10) { edges { score node { title } } }
      }
    }`,
    reads: [
      reading(artistSearch, (q) => ({ q, sort: "score desc", ...firstTen })),
      reading(releaseSearch, (q) => ({ q, ...firstTen })),
      reading(trackSearch, (q) => ({ q, ...firstTen })),
    ],
  },
];
