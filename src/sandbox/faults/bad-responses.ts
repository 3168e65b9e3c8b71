/** The items of special-ids.ts in words, for the cheat sheet. */

import { special } from "./special-ids.js";

export interface BadResponse {
  /** What to ask for: "artist 990000001". */
  readonly what: string;
  /** The call that gets the response, as fault rules name calls. */
  readonly method: string;
  readonly params: Readonly<Record<string, string>>;
  /** E-mail address of the user, for calls of a user. */
  readonly user: string | null;
  readonly sends: string;
}

const { artists, releases, chartDate, editorialKey, lockerOwner } = special;

const ofArtists: Readonly<Record<keyof typeof artists, string>> = {
  unreadable: "a document that ends in the wrong tag",
  tooLarge: "more than four MiB",
  manyAttributes: "an element with 60,000 attributes",
  oddText: "a name with HTML entities, a comment, a processing instruction, <b>, surrogates and control characters",
  merged: "artist 1, as if the artist had been merged into it",
  notFoundInHtml: "HTTP 404 in HTML",
  serverError: "HTTP 500 in HTML",
};

export const badResponses: readonly BadResponse[] = [
  ...keysOf(artists).map((key) => {
    const id = String(artists[key]);
    return badResponse(`artist ${id}`, ["artist/details", { artistId: id }], ofArtists[key]);
  }),
  badResponse(
    `release ${releases.oddValues}`,
    ["release/details", { releaseId: String(releases.oddValues) }],
    'a year beyond 32 bits, 30 February, a price of 0,85, invalid addresses, and a label that is i:nil="1"',
  ),
  badResponse(
    `the tracks of release ${releases.oddTracks}`,
    ["release/tracks", { releaseId: String(releases.oddTracks) }],
    "ten tracks, one of them nil and one without an id",
  ),
  badResponse(`release/chart with toDate=${chartDate}`, ["release/chart", { toDate: chartDate }], "a nil release in second place"),
  badResponse(`editorial/list with key=${editorialKey}`, ["editorial/list", { key: editorialKey }], "two items, the first of them nil"),
  { ...badResponse(`the locker of ${lockerOwner}`, ["user/locker", {}], "track 889 is nil"), user: lockerOwner },
];

function badResponse(what: string, [method, params]: readonly [string, BadResponse["params"]], sends: string): BadResponse {
  return { what, method, params, user: null, sends };
}

function keysOf<K extends string>(record: Readonly<Record<K, unknown>>): readonly K[] {
  return Object.keys(record) as K[];
}
