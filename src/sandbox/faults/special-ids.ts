/** Items whose answers are bad on purpose, for good: what a front end shows of them can be tried without setting a rule. No list, chart
 *  or search of the catalogue has one of them. The cheat sheet lists them. */

import type { Edit } from "./edit.js";
import type { EditFault, FaultRule } from "./faults.js";

export const special = {
  artists: {
    /** A document that ends in the wrong tag. */
    unreadable: 990_000_001,
    /** More than four MiB. */
    tooLarge: 990_000_002,
    manyAttributes: 990_000_003,
    oddText: 990_000_004,
    /** The answer is about artist 1. */
    merged: 990_000_005,
    /** HTML with this HTTP status. */
    notFoundInHtml: 990_000_404,
    serverError: 990_000_500,
  },
  releases: {
    oddValues: 990_000_001,
    /** Its track list has one that is nil and one without an id. */
    oddTracks: 990_000_002,
  },
  /** Of release/chart, which has a nil release then. */
  chartDate: "20000101",
  /** Of editorial/list, which has a nil item. */
  editorialKey: "odd_albums",
  /** Whose locker has a nil track. */
  lockerOwner: "odd-locker@sandbox.test",
} as const;

/** Of the release that the locker and the odd track list are made of. */
const [nilTrack, trackWithoutId] = [889, 892];

const nil = { attributes: { id: null, "xsi:nil": "true" }, content: "" };

function artistRule(artistId: number, elements: readonly Edit[]): FaultRule {
  return { method: "artist/details", params: { artistId: String(artistId) }, fault: { kind: "edit", as: { artistId: "1" }, elements } };
}

function htmlRule(artistId: number, status: number, title: string): FaultRule {
  const body = `<html><head><title>${title}</title></head><body><h1>${status} - ${title}</h1><br></body></html>`;
  return {
    method: "artist/details",
    params: { artistId: String(artistId) },
    fault: { kind: "status", status, contentType: "text/html", body },
  };
}

function releaseRules(releaseId: number, details: readonly Edit[], tracks: readonly Edit[]): FaultRule[] {
  const rule = (method: string, elements: readonly Edit[]): FaultRule => {
    const fault: EditFault = { kind: "edit", as: { releaseId: "155408" }, elements };
    return { method, params: { releaseId: String(releaseId) }, fault };
  };
  const id = { attributes: { id: String(releaseId) } };
  return [
    rule("release/details", [{ at: "release", ...id }, ...details]),
    rule("release/tracks", [{ at: "tracks/track/release", ...id }, ...tracks]),
  ];
}

const { artists, releases } = special;

const oddText =
  "Bj&ouml;rk &amp; Sigur R&oacute;s<!-- a comment --> <?a processing instruction?><b>live</b> &hellip; &#55357;&#56832;&#xD800;&#x0B;\u000B!";

const oddValues: readonly Edit[] = [
  { at: "release/year", content: "4294967295" },
  { at: "release/url", content: "javascript:alert(1)" },
  { at: "release/image", content: "not an address" },
  { at: "release/releaseDate", content: "2012-02-30T00:00:00Z" },
  { at: "release/price/value", content: "0,85" },
  { at: "release/label", xml: '<label i:nil="1" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"/>' },
];

export const specialRules: readonly FaultRule[] = [
  artistRule(artists.unreadable, [{ at: "artist", xml: `<artist id="${artists.unreadable}"><name>Keane</artist>` }]),
  artistRule(artists.tooLarge, [
    { at: "artist", attributes: { id: String(artists.tooLarge) } },
    { at: "artist/name", before: [{ text: "<!-- padding -->", times: 300_000 }] },
  ]),
  artistRule(artists.manyAttributes, [
    {
      at: "artist",
      xml: [`<artist id="${artists.manyAttributes}"`, { text: ' a#="1"', times: 60_000 }, "><name>Keane</name></artist>"],
    },
  ]),
  artistRule(artists.oddText, [
    { at: "artist", attributes: { id: String(artists.oddText) } },
    { at: "artist/name", content: oddText },
  ]),
  artistRule(artists.merged, []),
  htmlRule(artists.notFoundInHtml, 404, "File or directory not found"),
  htmlRule(artists.serverError, 500, "Internal Server Error"),
  ...releaseRules(releases.oddValues, oddValues, []),
  ...releaseRules(
    releases.oddTracks,
    [],
    [
      { at: `tracks/track[@id=${nilTrack}]`, ...nil },
      { at: `tracks/track[@id=${trackWithoutId}]`, attributes: { id: null } },
    ],
  ),
  {
    method: "release/chart",
    params: { toDate: special.chartDate },
    fault: { kind: "edit", elements: [{ at: "chart/chartItem[2]/release", ...nil }] },
  },
  {
    method: "editorial/list",
    params: { key: special.editorialKey },
    fault: {
      kind: "edit",
      as: { key: "featured_albums" },
      elements: [
        { at: "list/key", content: special.editorialKey },
        { at: "list/listItems/listItem[1]/release", ...nil },
      ],
    },
  },
  {
    method: "user/locker",
    user: special.lockerOwner,
    fault: {
      kind: "edit",
      elements: [{ at: `locker/lockerReleases/lockerRelease/lockerTracks/lockerTrack/track[@id=${nilTrack}]`, ...nil }],
    },
  },
];
