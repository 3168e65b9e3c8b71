/** Releases in the graph. */
import { catalogue } from "./loaders.js";
import { upstream } from "../graph/field-cost.js";
import { noFields } from "../graph/included-fields.js";
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
import { releaseDetails, releaseRecommend, releaseTracks } from "./endpoints/release.js";
import { releaseTags } from "./endpoints/tag.js";
import { priceField, purchasableRef } from "./purchasable.graph.js";
import { artistRef, releaseRef, releases, tracks } from "./refs.js";
import { tagsField } from "./tags-field.graph.js";
import { allOnRelease } from "./track-loader.js";
import { creditOf, formatsOf, shopPageOf } from "./release-reading.js";
import { releaseType, releaseTypeOf } from "./release-type.graph.js";
import {
  artistInBrief,
  byWindow,
  chartedRelease,
  editorialContent,
  foundRelease,
  listedRelease,
  listedTrack,
  releaseInBrief,
  releaseWithDate,
  taggedRelease,
  tracksOfOneRelease,
  whole,
} from "./included-fields.graph.js";

const release = lazyField<ReleaseFacts>({
  name: "release",
  method: releaseDetails,
  load: ({ releaseId }, { use }) => use(catalogue).release(releaseId),
  partial: ({ releaseId }, { use }) => use(catalogue).partials.releases.get(releaseId),
});
const withoutValue = "SINGLE_TRACKS_ONLY";

releaseRef.implement({
  description: "An album, a single or a video: what 7digital sells as a whole.",
  interfaces: [nodeRef, purchasableRef],
  fields: (t) => ({
    id: t.id({ nullable: false, description: 'Global ID, e.g. "release:155408".', resolve: ({ releaseId }) => `release:${releaseId}` }),
    releaseId: t.exposeID("releaseId", { nullable: false, description: "7digital's ID of the release." }),
    title: t.string({
      description: "The title.",
      ...release(({ title }) => title, { includedIn: [releaseInBrief, editorialContent], required: "title" }),
    }),
    version: t.string({
      description: 'Which version of the title it is, e.g. "UK" or "Deluxe Edition". Null for most.',
      ...release(({ version }) => version, { includedIn: [releaseInBrief] }),
    }),
    type: t.field({
      type: releaseType,
      description: "Album, single or video. Null if 7digital does not send it.",
      ...release(({ type }) => mapPresent(type, releaseTypeOf), { includedIn: [releaseInBrief] }),
    }),
    artist: t.field({
      type: artistRef,
      description: "The artist the release is filed under.",
      ...release(({ artist }) => artist, { includedIn: [releaseInBrief, editorialContent], gives: artistInBrief, required: "artist" }),
    }),
    artistCredit: t.string({
      description: 'How the release credits its artists, e.g. "The Pogues feat. Kirsty MacColl".',
      ...release(({ artist }) => creditOf(artist), { includedIn: [releaseInBrief, editorialContent] }),
    }),
    barcode: t.string({
      description: "The barcode (typically UPC or EAN) with its leading zeros.",
      ...release(({ barcode }) => barcode, { includedIn: [releaseInBrief] }),
    }),
    year: t.int({
      description: "Year of the original release. Null if it is not known.",
      ...release(({ year }) => zeroToNull(year), { includedIn: [taggedRelease] }),
    }),
    explicit: t.boolean({
      description: "Whether the label marks the content as explicit.",
      ...release(({ explicit }) => explicit, { includedIn: [taggedRelease, editorialContent] }),
    }),
    releasedAt: t.field({
      type: "DateTime",
      description: "When it can be downloaded from. In the future for pre-orders. Null if no date is announced.",
      ...release(({ releaseDate, download }) => dateTimeOf(releaseDate === undefined ? download?.releaseDate : releaseDate), {
        includedIn: [releaseWithDate],
      }),
    }),
    addedAt: t.field({
      type: "DateTime",
      description: "When it was added to 7digital's catalogue.",
      ...release(({ addedDate }) => dateTimeOf(addedDate), { includedIn: [taggedRelease] }),
    }),
    durationSeconds: t.int({
      description: "Playing time of the whole release in seconds. Null if it is not known.",
      ...release(({ duration }) => zeroToNull(duration)),
    }),
    trackCount: t.int({
      description: "Number of tracks. May be null: 7digital does not provide it for every release. `tracks { totalCount }` always has it.",
      ...release(({ trackCount }) => zeroToNull(trackCount)),
    }),
    url: t.field({
      type: "URL",
      description: "Page of the item in the 7digital store. May be null: 7digital does not provide it for every item.",
      ...release(shopPageOf, { includedIn: [releaseInBrief, editorialContent] }),
    }),
    image: t.field({
      type: imageRef,
      description: "The cover.",
      args: imageArgs(coverSizes),
      ...release(({ image }, { width }: { width: number }) => imageAt(image, width, coverSizes), {
        includedIn: [releaseInBrief, editorialContent],
      }),
    }),
    label: t.field({
      type: labelRef,
      description: "The label that issues it.",
      ...release(({ label }) => label, { includedIn: [listedRelease] }),
    }),
    licensor: t.field({
      type: licensorRef,
      description: "Company that controls the rights. Null if 7digital does not send it.",
      ...release(({ licensor }) => mapPresent(licensor, (present: Licensor) => (present.licensorId === "0" ? null : present)), {
        includedIn: [foundRelease],
      }),
    }),
    formats: t.field({
      type: [formatRef],
      description: "The formats its tracks are available in.",
      ...release(formatsOf, { includedIn: [chartedRelease] }),
    }),
    packages: t.field({
      type: [packageRef],
      description:
        "Packages in which it is sold. May be null: 7digital does not provide it for every release. Use `price` and `formats` then.",
      ...release((facts) => packagesOf(facts, withoutValue)),
    }),
    price: t.field({
      description: "What it costs in the operation's store, or in the store named here.",
      ...priceField({
        field: release,
        includedIn: [chartedRelease],
        load: (facts, { use }) => use(catalogue).release(facts.releaseId),
        withoutValue,
        forSale: ({ releaseId }, store) => ({ releaseId, trackId: undefined, store }),
      }),
    }),
    tracks: t.field({
      ...upstream(releaseTracks, { list: whole, gives: listedTrack, batch: tracksOfOneRelease(noFields) }),
      type: tracks.connection,
      description: "Its tracks, in order, over all discs.",
      args: pagingArgs(50),
      resolve: (facts, paging, { use }) => {
        const { releaseId } = facts;
        use(catalogue).partials.releases.add(releaseId, facts);
        return andThen(use(catalogue).readWhole(releaseTracks, { releaseId }, windowOf(paging)), (read) => allOnRelease(read, releaseId));
      },
    }),
    recommendedReleases: t.field({
      ...upstream(releaseRecommend, { list: byWindow, gives: listedRelease }),
      type: releases.connection,
      description: "Releases for those who like this one.",
      args: pagingArgs(),
      resolve: ({ releaseId }, paging, { use }) => use(catalogue).read(releaseRecommend, { releaseId }, windowOf(paging)),
    }),
    tags: t.field({
      ...tagsField(releaseTags),
      description: "Genres, decades, countries and other words that describe the release.",
      resolve: ({ releaseId }, args, { use }) =>
        andThen(use(catalogue).readWhole(releaseTags, { releaseId }, windowOf(args)), ({ items }) => items.map(({ item }) => item)),
    }),
  }),
});
