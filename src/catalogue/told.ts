/** What the answers of 7digital's methods tell of the things in them, always and in every shape they have had, as fields of the graph.
 *  What only some answers tell is not in here: it may cost a call. test/graph/told.test.ts holds it against answers. */
import type { ListKind, Told } from "../graph/extensions.js";
import { planWhole, planWindow } from "../shared/window-plan.js";

function fields(...names: readonly string[]): Told {
  return Object.fromEntries(names.map((name) => [name, {}]));
}

/** In a chart. */
export const chartedArtist = fields("name", "url");
/** In a list of artists. */
export const listedArtist = fields("name", "sortName", "url");

/** Inside a release or a track. */
export const creditedArtist = fields("name", "url");

/** Inside a track. */
export const releaseInBrief: Told = {
  ...fields("title", "version", "type", "barcode", "artistCredit", "url", "image"),
  artist: creditedArtist,
};
/** In lists that tell no price. */
export const taggedRelease: Told = { ...releaseInBrief, ...fields("year", "explicit", "releaseDate", "addedDate") };
/** In a chart. */
export const chartedRelease: Told = { ...taggedRelease, ...fields("price", "formats") };
/** In all other lists. */
export const listedRelease: Told = { ...chartedRelease, ...fields("label") };
/** By a search. */
export const foundRelease: Told = { ...listedRelease, ...fields("licensor") };
/** In an editorial list, of whatever kind it is. */
export const editorialContent: Told = { ...fields("name", "title", "artistCredit", "url", "image", "explicit"), artist: creditedArtist };

/** In a chart. */
export const chartedTrack: Told = {
  ...fields("title", "version", "artistCredit", "number", "discNumber", "duration", "url", "releaseId"),
  artist: creditedArtist,
  release: releaseInBrief,
};
/** In all other lists. */
export const listedTrack: Told = { ...chartedTrack, ...fields("explicit", "isrc", "price") };
/** On its release, of which it tells no more than the title. */
export const trackOnRelease: Told = { ...listedTrack, release: {} };

/** On an artist or a release. */
export const tagInBrief = fields("text", "url");
export const listedTag = fields("text", "url", "count");

/** The connection of such things. */
export function eachTells(node: Told): Told {
  return { nodes: node, edges: { node } };
}

/** Pages as few as will do. */
export const byWindow: ListKind = { plan: planWindow, of: "catalogue" };
/** The first page whole. */
export const whole: ListKind = { plan: planWhole, of: "catalogue" };
