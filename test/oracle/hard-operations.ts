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
  hard("a page past the end of a chart", `{ releaseChart(first: 2, offset: 100000) { fromDate nodes { id } totalCount } }`),
];

function hard(what: string, source: string): readonly [string, Operation] {
  return [what, { source, document: parse(source), variables: {} }];
}
