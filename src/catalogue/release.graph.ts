/** Releases in the graph. */
import { catalogue } from "./loaders.js";
import { upstream, upstreamNonNull } from "../graph/field-cost.js";
import { required, lazyField } from "../graph/lazy-field.js";
import { nodeRef } from "../graph/node.js";
import { dateTimeOf } from "../shared/date-time.js";
import { formatRef } from "../graph/types/format.graph.js";
import { coverWidths } from "../shared/image.js";
import { imageArgs, imageAt, imageRef } from "../graph/types/image.graph.js";
import { labelRef, licensorRef } from "../graph/types/label.graph.js";
import type { Licensor } from "../shared/label.js";
import { packageRef, packagesOf, priceRef } from "../graph/types/price.graph.js";
import { zeroToNull, mapPresent } from "../shared/map-present.js";
import type { ReleaseFacts } from "./decoders.js";
import { releaseDetails } from "./endpoints/release-details.js";
import { priceResolver, storeArgs } from "./price-field.graph.js";
import { purchasableRef } from "./purchasable.graph.js";
import { artistRef, releaseRef } from "./refs.js";
import { creditOf, formatsOf, shopPageOf } from "./release-reading.js";
import { releaseType, releaseTypeOf } from "./release-type.graph.js";
import {
  artistInBrief,
  chartedRelease,
  editorialContent,
  foundRelease,
  listedRelease,
  releaseInBrief,
  releaseWithDate,
  taggedRelease,
} from "./included-fields.graph.js";

const release = lazyField<ReleaseFacts>({
  load: ({ releaseId }, { use }) => use(catalogue).release(releaseId),
  partial: ({ releaseId }, { use }) => use(catalogue).partials.releases.get(releaseId),
});
const withoutValue = "SINGLE_TRACKS_ONLY";

releaseRef.implement({
  description: "An album, a single or a video: what 7digital sells as a whole.",
  interfaces: [nodeRef, purchasableRef],
  fields: (t) => ({
    id: t.id({ nullable: false, description: 'Global id, e.g. "release:155408".', resolve: ({ releaseId }) => `release:${releaseId}` }),
    releaseId: t.exposeID("releaseId", { nullable: false, description: "7digital's id of the release." }),
    title: t.string({
      ...upstreamNonNull(releaseDetails, { includedIn: [releaseInBrief, editorialContent] }),
      description: "The title.",
      resolve: required(
        "title of the release",
        release(({ title }) => title),
      ),
    }),
    version: t.string({
      ...upstream(releaseDetails, { includedIn: [releaseInBrief] }),
      description: 'Which version of the title it is, e.g. "UK" or "Deluxe Edition". Null for most.',
      resolve: release(({ version }) => version),
    }),
    type: t.field({
      ...upstream(releaseDetails, { includedIn: [releaseInBrief] }),
      type: releaseType,
      description: "Album, single or video. Null where 7digital does not tell.",
      resolve: release(({ type }) => mapPresent(type, releaseTypeOf)),
    }),
    artist: t.field({
      ...upstreamNonNull(releaseDetails, { includedIn: [releaseInBrief, editorialContent], gives: artistInBrief }),
      type: artistRef,
      description: "The artist the release is filed under.",
      resolve: required(
        "artist of the release",
        release(({ artist }) => artist),
      ),
    }),
    artistCredit: t.string({
      ...upstream(releaseDetails, { includedIn: [releaseInBrief, editorialContent] }),
      description: 'How the release credits its artists, e.g. "The Pogues feat. Kirsty MacColl".',
      resolve: release(({ artist }) => creditOf(artist)),
    }),
    barcode: t.string({
      ...upstream(releaseDetails, { includedIn: [releaseInBrief] }),
      description: "The barcode (typically UPC or EAN) with its leading zeros.",
      resolve: release(({ barcode }) => barcode),
    }),
    year: t.int({
      ...upstream(releaseDetails, { includedIn: [taggedRelease] }),
      description: "Year of the original release. Null where it is not known.",
      resolve: release(({ year }) => zeroToNull(year)),
    }),
    explicit: t.boolean({
      ...upstream(releaseDetails, { includedIn: [taggedRelease, editorialContent] }),
      description: "Whether the label marks the content as explicit.",
      resolve: release(({ explicit }) => explicit),
    }),
    releaseDate: t.field({
      ...upstream(releaseDetails, { includedIn: [releaseWithDate] }),
      type: "DateTime",
      description: "From when it can be downloaded; in the future for pre-orders.",
      resolve: release(({ releaseDate, download }) => dateTimeOf(releaseDate === undefined ? download?.releaseDate : releaseDate)),
    }),
    addedDate: t.field({
      ...upstream(releaseDetails, { includedIn: [taggedRelease] }),
      type: "DateTime",
      description: "When it was added to 7digital's catalogue.",
      resolve: release(({ addedDate }) => dateTimeOf(addedDate)),
    }),
    duration: t.int({
      ...upstream(releaseDetails),
      description: "Playing time of the whole release in seconds. Null where it is not told.",
      resolve: release(({ duration }) => zeroToNull(duration)),
    }),
    trackCount: t.int({
      ...upstream(releaseDetails),
      description: "How many tracks it has. Null in older answers; `tracks { totalCount }` always tells.",
      resolve: release(({ trackCount }) => zeroToNull(trackCount)),
    }),
    url: t.field({
      ...upstream(releaseDetails, { includedIn: [releaseInBrief, editorialContent] }),
      type: "URL",
      description: "Where it can be bought in the 7digital store. Null in answers of later years, which tell none.",
      resolve: release(shopPageOf),
    }),
    image: t.field({
      ...upstream(releaseDetails, { includedIn: [releaseInBrief, editorialContent] }),
      type: imageRef,
      description: "The cover.",
      args: imageArgs(coverWidths),
      resolve: release(({ image }, { width }: { width: number }) => imageAt(image, width, coverWidths)),
    }),
    label: t.field({
      ...upstream(releaseDetails, { includedIn: [listedRelease] }),
      type: labelRef,
      description: "The label that issues it.",
      resolve: release(({ label }) => label),
    }),
    licensor: t.field({
      ...upstream(releaseDetails, { includedIn: [foundRelease] }),
      type: licensorRef,
      description: "Who controls the rights to it. Null where 7digital does not tell.",
      resolve: release(({ licensor }) => mapPresent(licensor, (present: Licensor) => (present.licensorId === "0" ? null : present))),
    }),
    formats: t.field({
      ...upstream(releaseDetails, { includedIn: [chartedRelease] }),
      type: [formatRef],
      description: "The formats its tracks are available in.",
      resolve: release((facts) => formatsOf(facts)),
    }),
    packages: t.field({
      ...upstream(releaseDetails),
      type: [packageRef],
      description: "The ways to buy it. Null in older answers, which tell a single `price` and `formats` instead.",
      resolve: release((facts) => packagesOf(facts, withoutValue)),
    }),
    price: t.field({
      ...upstream(releaseDetails, { includedIn: [chartedRelease] }),
      type: priceRef,
      description: "What it costs in the operation's store, or in the store named here.",
      args: storeArgs(),
      resolve: priceResolver({
        field: release,
        load: (facts, { use }) => use(catalogue).release(facts.releaseId),
        withoutValue,
        forSale: ({ releaseId }, store) => ({ releaseId, trackId: undefined, store }),
      }),
    }),
  }),
});
