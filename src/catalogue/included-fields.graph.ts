/** What the answers of 7digital's methods include of the objects in them, always and in every shape they have had. What only some answers
 *  include is not in here: it may cost a call. Every field says which of these sets it belongs to.
 *  test/integration/graph/included-fields.test.ts holds them against answers. */
import type { Batch, InBatches, ListKind } from "../graph/field-cost.js";
import { IncludedFields } from "../graph/included-fields.js";
import { planWhole, planWindow } from "../shared/window-plan.js";
import { releaseDetailsBatch, releaseTracks } from "./endpoints/release.js";
import { trackDetails, trackDetailsBatch } from "./endpoints/track.js";

/** Inside a release or a track, and in a chart. */
export const artistInBrief = new IncludedFields();
/** In a list of artists. */
export const listedArtist = new IncludedFields(artistInBrief);

/** Inside a track. */
export const releaseInBrief = new IncludedFields();
/** In a locker. */
export const releaseWithDate = new IncludedFields(releaseInBrief);
/** In lists of all kinds. */
export const releaseInList = new IncludedFields(releaseWithDate);
/** In lists by tag, which are without prices. */
export const taggedRelease = new IncludedFields(releaseInList);
/** In a chart. */
export const chartedRelease = new IncludedFields(releaseInList);
/** In all other lists. */
export const listedRelease = new IncludedFields(chartedRelease);
/** In a search. */
export const foundRelease = new IncludedFields(listedRelease);

/** In a locker. */
export const trackInBrief = new IncludedFields();
/** In a chart. */
export const chartedTrack = new IncludedFields(trackInBrief);
/** In all other lists. */
export const listedTrack = new IncludedFields(chartedTrack);

/** In an editorial list, of whichever kind the item is. */
export const editorialContent = new IncludedFields();

/** On an artist or a release. */
export const tagInBrief = new IncludedFields();
export const listedTag = new IncludedFields(tagInBrief);

/** In the list of texts. */
export const listedTranslation = new IncludedFields();

/** Details that several tracks of one release lack cost one call.
 *  @param parent What is included of the release. */
export function tracksOfOneRelease(parent: IncludedFields): Batch {
  return { details: trackDetails, together: releaseTracks, parent };
}

/** Details of several releases, and of several tracks: a track that is not found by its ID alone is looked for on its release. */
export const releasesInBatches: InBatches = { by: releaseDetailsBatch };
export const tracksInBatches: InBatches = { by: trackDetailsBatch, orElse: releaseTracks };

/** As few pages as will do. */
export const byWindow: ListKind = { plan: planWindow, of: "catalogue" };
/** The whole first page. */
export const whole: ListKind = { plan: planWhole, of: "catalogue" };
