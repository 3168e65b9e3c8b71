/** Releases in the graph. */
import { catalogue } from "./loaders.js";
import { upstream } from "../graph/field-cost.js";
import { lazyField } from "../graph/lazy-field.js";
import { nodeRef } from "../graph/node.js";
import { pagingArgs, windowOf } from "../graph/paging.js";
import { andThen } from "../shared/maybe-promise.js";
import { dateTimeOf } from "../shared/date-time.js";
import { formatRef } from "../graph/types/format.graph.js";
import { coverSizes } from "../shared/image.js";
import { imageArgs, imageAt, imageRef } from "../graph/types/image.graph.js";
import { labelRef, licensorRef } from "../graph/types/label.graph.js";
import type { Licensor } from "../shared/label.js";
import { packageRef, packagesOf } from "../graph/types/price.graph.js";
import { zeroToNull, mapPresent } from "../shared/map-present.js";
import type { ReleaseFacts } from "./decoders.js";
import { releaseDetails, releaseEditorial, releaseRecommend, releaseTracks } from "./endpoints/release.js";
import { releaseTags } from "./endpoints/tag.js";
import { priceField, purchasableRef } from "./purchasable.graph.js";
import { artistRef, releaseRef, releases, tracks } from "./refs.js";
import { tagsField } from "./tags-field.graph.js";
import { allOnRelease } from "./track-loader.js";
import {
  addedDateOf,
  artistNameOf,
  availableDrmFreeOf,
  creditOf,
  formatsOf,
  pictureOf,
  releaseDateOf,
  shopPageOf,
  streamingDateOf,
} from "./release-reading.js";
import { releaseType, releaseTypeOf } from "./release-type.graph.js";
import { releaseSlugOf } from "./slugs.js";
import {
  artistInBrief,
  byWindow,
  chartedRelease,
  editorialContent,
  foundRelease,
  listedRelease,
  listedTrack,
  releaseInBrief,
  releaseInList,
  releasesInBatches,
  releaseWithDate,
  taggedRelease,
  tracksOfOneRelease,
  whole,
} from "./included-fields.graph.js";

const release = lazyField<ReleaseFacts>({
  name: "release",
  method: releaseDetails,
  cost: { inBatches: releasesInBatches },
  load: ({ releaseId }, { use }) => use(catalogue).release(releaseId),
  partial: ({ releaseId }, { use }) => use(catalogue).partials.releases.get(releaseId),
});
const withoutValue = "SINGLE_TRACKS_ONLY";

releaseRef.implement({
  description: "A release: an album, a single or a video.",
  interfaces: [nodeRef, purchasableRef],
  fields: (t) => ({
    id: t.id({ nullable: false, description: 'Global ID, e.g. "release:155408".', resolve: ({ releaseId }) => `release:${releaseId}` }),
    releaseId: t.exposeID("releaseId", { nullable: false, description: "7digital's ID of the release." }),
    title: t.string({
      description: "Title, without the version.",
      ...release(({ title }) => title, { includedIn: [releaseInBrief, editorialContent], required: "title" }),
    }),
    version: t.string({
      description: 'Version of the release, e.g. "Deluxe Edition". Null if there is none, as for most releases.',
      ...release(({ version }) => version, { includedIn: [releaseInBrief] }),
    }),
    type: t.field({
      type: releaseType,
      description: "Type of the release, e.g. ALBUM.",
      ...release(({ type }) => mapPresent(type, releaseTypeOf), {
        includedIn: [releaseInBrief],
        required: "type",
        fallback: () => "other" as const,
      }),
    }),
    artist: t.field({
      type: artistRef,
      description: "Main artist of the release.",
      ...release(({ artist }) => artist, { includedIn: [releaseInBrief, editorialContent], gives: artistInBrief, required: "artist" }),
    }),
    artistCredit: t.string({
      description: 'Artist name to show with the release, e.g. "The Pogues feat. Kirsty MacColl".',
      ...release(({ artist }) => creditOf(artist), {
        includedIn: [releaseInBrief, editorialContent],
        required: "artist",
        fallback: artistNameOf,
      }),
    }),
    barcode: t.string({
      description: "Barcode, typically a UPC or EAN, with its leading zeros. Null if there is none.",
      ...release(({ barcode }) => barcode, { includedIn: [releaseInBrief] }),
    }),
    year: t.int({
      description: "Year of the original release. Null if it is not known.",
      ...release(({ year }) => zeroToNull(year), { includedIn: [releaseInList] }),
    }),
    explicit: t.boolean({
      description: "Whether the label marks the content as explicit. Null if 7digital does not send it.",
      ...release(({ explicit }) => explicit, { includedIn: [releaseInList, editorialContent] }),
    }),
    releasedAt: t.field({
      type: "DateTime",
      description: "When it can be downloaded. In the future for a pre-order. Null if no date is announced.",
      ...release((facts) => dateTimeOf(releaseDateOf(facts)), { includedIn: [releaseWithDate] }),
    }),
    addedAt: t.field({
      type: "DateTime",
      description: "When it was added to the catalogue. Null if 7digital does not send it.",
      ...release((facts) => dateTimeOf(addedDateOf(facts)), { includedIn: [releaseInList] }),
    }),
    streamingReleasedAt: t.field({
      type: "DateTime",
      description: "When it can be streamed. Null if 7digital does not send it, or no date is announced.",
      ...release((facts) => dateTimeOf(streamingDateOf(facts))),
    }),
    popularity: t.float({
      description: "Popularity of the release, from 0 to 1. Null if 7digital does not send it.",
      ...release(({ popularity }) => popularity, { includedIn: [taggedRelease, foundRelease] }),
    }),
    durationSeconds: t.int({
      description: "Duration of the whole release in seconds. Null if it is not known.",
      ...release(({ duration }) => zeroToNull(duration)),
    }),
    trackCount: t.int({
      description: "Number of tracks. Null if 7digital does not send it: use `tracks { totalCount }` then.",
      ...release(({ trackCount }) => zeroToNull(trackCount)),
    }),
    url: t.field({
      type: "URL",
      description: "URL of the item's page in the 7digital store. Null if 7digital does not send it.",
      ...release(shopPageOf, { includedIn: [releaseInBrief, editorialContent] }),
    }),
    slug: t.string({
      description: 'Name of the release in URLs of the 7digital store, e.g. "strangeland". Null if 7digital does not send it.',
      ...release(releaseSlugOf, { includedIn: [releaseInBrief, editorialContent] }),
    }),
    image: t.field({
      type: imageRef,
      description: "Cover picture. Null if there is none.",
      args: imageArgs(coverSizes),
      ...release((facts, { width }: { width: number }) => imageAt(pictureOf(facts), width, coverSizes), {
        includedIn: [releaseInBrief, editorialContent],
      }),
    }),
    label: t.field({
      type: labelRef,
      description: "Record label. Null if 7digital does not send it.",
      ...release(({ label }) => label, { includedIn: [listedRelease] }),
    }),
    licensor: t.field({
      type: licensorRef,
      description: "Company that controls the rights to the release. Null if 7digital does not send it.",
      ...release(({ licensor }) => mapPresent(licensor, (present: Licensor) => (present.licensorId === "0" ? null : present)), {
        includedIn: [foundRelease],
      }),
    }),
    pline: t.string({
      description: 'Phonographic copyright line, e.g. "(P) 2007 BIS". Null if 7digital does not send it.',
      ...release(({ pline }) => pline),
    }),
    cline: t.string({
      description: 'Copyright line, e.g. "(C) 2010 Hallmark". Null if 7digital does not send it.',
      ...release(({ cline }) => cline),
    }),
    availableDrmFree: t.boolean({
      description: "Whether some format of it is free of digital rights management (DRM). Null if 7digital does not send it.",
      ...release(availableDrmFreeOf, { includedIn: [chartedRelease] }),
    }),
    formats: t.field({
      type: [formatRef],
      description: "Formats in which its tracks are available. Null if 7digital does not send them.",
      ...release(formatsOf, { includedIn: [chartedRelease] }),
    }),
    packages: t.field({
      type: [packageRef],
      description: "Packages in which it is sold. Null if 7digital does not send them: use `price` and `formats` then.",
      ...release((facts) => packagesOf(facts, withoutValue)),
    }),
    price: t.field({
      description: "Price of the item in the operation's store, or in the store that the arguments name.",
      ...priceField({
        field: release,
        includedIn: [chartedRelease],
        load: (facts, { use }) => use(catalogue).release(facts.releaseId),
        withoutValue,
        forSale: ({ releaseId }, store) => ({ releaseId, trackId: undefined, store }),
      }),
    }),
    tracks: t.field({
      ...upstream(releaseTracks, { list: whole, gives: listedTrack, batch: tracksOfOneRelease(releaseInBrief) }),
      type: tracks.connection,
      description: "Tracks of the release, in order, on all discs.",
      args: pagingArgs(50),
      resolve: (facts, paging, { use }) => {
        const { releaseId } = facts;
        use(catalogue).partials.releases.add(releaseId, facts);
        return andThen(use(catalogue).readWhole(releaseTracks, { releaseId }, windowOf(paging)), (read) => allOnRelease(read, releaseId));
      },
    }),
    review: t.string({
      ...upstream(releaseEditorial),
      description: "Review by 7digital's editors. Null if there is none.",
      resolve: ({ releaseId }, _, { use }) => andThen(use(catalogue).editorial(releaseId), ({ review }) => trimmed(review?.text)),
    }),
    promotionalText: t.string({
      ...upstream(releaseEditorial),
      description: "Text by 7digital's editors that advertises the release. Costs no further call beside `review`. Null if there is none.",
      resolve: ({ releaseId }, _, { use }) =>
        andThen(use(catalogue).editorial(releaseId), ({ promotionalText }) => trimmed(promotionalText?.text)),
    }),
    recommendedReleases: t.field({
      ...upstream(releaseRecommend, { list: byWindow, gives: listedRelease }),
      type: releases.connection,
      description: "Releases recommended to people who like this one.",
      args: pagingArgs(),
      resolve: ({ releaseId }, paging, { use }) => use(catalogue).read(releaseRecommend, { releaseId }, windowOf(paging)),
    }),
    tags: t.field({
      ...tagsField(releaseTags),
      description: "Tags of the release: genres, decades, countries and other words that describe it.",
      resolve: ({ releaseId }, paging, { use }) => use(catalogue).readWhole(releaseTags, { releaseId }, windowOf(paging)),
    }),
  }),
});

/** Editors leave white space around what they write. */
function trimmed(text: string | null | undefined): string | null {
  return text?.trim() || null;
}
