/** Operations that chance seldom makes, and that are easy to answer wrongly or to predict too cheaply. */
import { parse } from "graphql";
import type { Operation } from "./random-operations.js";

export const hardOperations: readonly (readonly [what: string, operation: Operation])[] = [
  hard(
    "what a search tells of a release, two lists deeper and after the inner list",
    `{ search(query: "love") { releases(first: 3) { nodes { licensor { name } tracks(first: 1) { nodes {
       release { tracks(first: 1) { totalCount } licensor { name } } } } } } } }`,
  ),
  hard(
    "the price in a store that a variable leaves open",
    `query($c: CountryCode) { release(id: "999999999") { price(country: $c) { soldAs } } }`,
  ),
  hard(
    "a track that is not sold in the country, beside one of the same release that is",
    `query @inContext(country: "DE") { tracksById(ids: ["track:20106:464869", "track:20100:464869"]) { title } }`,
  ),
  hard("what the details of a track do not tell either", `{ track(id: "20002") { packages { description } url } }`),
  hard("a tag that does not exist", `{ tag(id: "no-such-tag") { text } }`),
  hard("the price elsewhere of a track under another release", `{ track(id: "track:20150:1302") { price(country: "JP") { soldAs } } }`),
  hard("the same track with its release and without", `{ tracksById(ids: ["1628015", "track:1628015:155408"]) { title isrc } }`),
  hard(
    "tracks of several releases: on theirs, on others, without one, of none and twice",
    `{ tracksById(ids: ["track:1628015:155408", "track:12345:1302", "track:12345:155408", "track:20106:464869", "20100", "12345", "999999999",
       "track:999999999:1302", "track:20002:999999999", "track:1628015:155408"]) { title release { trackCount } } }`,
  ),
  hard(
    "tracks of several releases that are not all sold in the country",
    `query @inContext(country: "DE") { tracksById(ids: ["track:20106:464869", "track:1628015:155408", "track:20150:1302"]) { title } }`,
  ),
  hard(
    "what is not sold elsewhere, of a chart and of found tracks",
    `{ trackChart(first: 6) { nodes { isrc price(country: "JP") { soldAs } } }
       tracksById(ids: ["track:20106:464869", "track:1628015:155408", "20150"]) { price(country: "DE") { soldAs } } }`,
  ),
  hard(
    "details of releases that come at several times",
    `{ a: releaseChart(first: 3) { nodes { trackCount } } b: releaseChart(first: 4) { nodes { licensor { name } tracks(first: 2) { nodes {
       formats { formatId } release { trackCount } } } } } artist(id: 1) { releases(first: 3) { nodes { durationSeconds } } }
       releasesById(ids: ["155408", "1302", "999999999"]) { title } }`,
  ),
  hard("a page past the end of a chart", `{ releaseChart(first: 2, offset: 100000) { fromDate nodes { id } totalCount } }`),
];

function hard(what: string, source: string): readonly [string, Operation] {
  return [what, { source, document: parse(source), variables: {} }];
}
