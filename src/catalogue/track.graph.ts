/** Tracks in the graph. */
import { catalogue } from "./loaders.js";
import { upstream } from "../graph/field-cost.js";
import { lazyField } from "../graph/lazy-field.js";
import { nodeRef } from "../graph/node.js";
import { trackNodeId } from "../shared/node-id.js";
import { formatRef } from "../graph/types/format.graph.js";
import { imageArgs, imageAt, imageRef } from "../graph/types/image.graph.js";
import { packageRef, packagesOf } from "../graph/types/price.graph.js";
import { coverSizes } from "../shared/image.js";
import { zeroToNull, mapPresent } from "../shared/map-present.js";
import type { ReleaseFacts, TrackFacts } from "./decoders.js";
import { dateTimeOf } from "../shared/date-time.js";
import type { Download } from "../shared/price.js";
import { nullIfNotFound } from "../shared/null-if-not-found.js";
import { priceField, purchasableRef } from "./purchasable.graph.js";
import { artistRef, releaseRef, trackRef } from "./refs.js";
import {
  artistNameOf,
  availableDrmFreeOf,
  creditOf,
  discPositionOf,
  formatsOf,
  pictureOf,
  releaseIdOf,
  streamingDateOf,
  trackPageOf,
  type DiscPosition,
} from "./release-reading.js";
import { trackSlugOf } from "./slugs.js";
import { trackType, trackTypeOf } from "./track-type.graph.js";
import { trackDetails, trackPreview } from "./endpoints/track.js";
import {
  artistInBrief,
  chartedTrack,
  editorialContent,
  listedTrack,
  releaseInBrief,
  trackInBrief,
  tracksInBatches,
} from "./included-fields.graph.js";
import type { TrackKey } from "./track-loader.js";

const track = lazyField<TrackFacts>({
  name: "track",
  method: trackDetails,
  cost: { inBatches: tracksInBatches },
  load: (facts, { use }) => use(catalogue).track(keyOf(facts)),
});
/** For what lists of tracks do not include, not even that of the track's own release. */
const ownDetails = lazyField<TrackFacts>({
  name: "track",
  method: trackDetails,
  cost: { alone: true, inBatches: tracksInBatches },
  load: ({ trackId }, { use }) => use(catalogue).track({ trackId, releaseId: undefined }),
});
const withoutValue = "WHOLE_RELEASE_ONLY";

function coverOf(release: TrackFacts["release"]): ReleaseFacts["image"] {
  return mapPresent(release, pictureOf);
}

/** Answers until 2015 have it beside `<download>`. */
function previewDateOf({ previewDate, download }: TrackFacts): TrackFacts["previewDate"] {
  return previewDate === undefined ? mapPresent(download, (later: Download) => later.previewDate) : previewDate;
}

function keyOf(track: TrackFacts): TrackKey {
  return { trackId: track.trackId, releaseId: releaseIdOf(track) };
}

trackRef.implement({
  description: "A track on a release. The same recording on another release is a different track.",
  interfaces: [nodeRef, purchasableRef],
  fields: (t) => ({
    id: t.id({
      nullable: false,
      description:
        'Global ID of the track on its release, e.g. "track:1628015:155408". Without the release, e.g. "track:1628015", if that is not known.',
      resolve: (facts) => trackNodeId(facts.trackId, releaseIdOf(facts)),
    }),
    trackId: t.exposeID("trackId", { nullable: false, description: "7digital's ID of the track." }),
    releaseId: t.id({
      description: "7digital's ID of the release that the track is on.",
      ...track(({ release }) => mapPresent(release, ({ releaseId }: ReleaseFacts) => releaseId), {
        includedIn: [trackInBrief],
        required: "release",
      }),
    }),
    type: t.field({
      type: trackType,
      description: "Type of the track, e.g. AUDIO.",
      ...track(({ type }) => mapPresent(type, trackTypeOf), { required: "type", fallback: () => "other" as const }),
    }),
    title: t.string({
      description: "Title, without the version.",
      ...track(({ title }) => title, { includedIn: [trackInBrief, editorialContent], required: "title" }),
    }),
    version: t.string({
      description: 'Version of the track, e.g. "Radio Edit". Null if there is none, as for most tracks.',
      ...track(({ version }) => version, { includedIn: [trackInBrief] }),
    }),
    artist: t.field({
      type: artistRef,
      description: "Main artist of the track.",
      ...track(({ artist }) => artist, { includedIn: [trackInBrief, editorialContent], gives: artistInBrief, required: "artist" }),
    }),
    artistCredit: t.string({
      description: 'Artist name to show with the track, e.g. "The Pogues feat. Kirsty MacColl".',
      ...track(({ artist }) => creditOf(artist), {
        includedIn: [trackInBrief, editorialContent],
        required: "artist",
        fallback: artistNameOf,
      }),
    }),
    release: t.field({
      type: releaseRef,
      description: "Release that the track is on.",
      ...track(({ release }) => release, { includedIn: [trackInBrief], gives: releaseInBrief, batchParent: true, required: "release" }),
    }),
    image: t.field({
      type: imageRef,
      description: "Cover of the release it is on. Null if 7digital does not send it.",
      args: imageArgs(coverSizes),
      ...track(({ release }, { width }: { width: number }) => imageAt(coverOf(release), width, coverSizes), { includedIn: [trackInBrief] }),
    }),
    number: t.int({
      description: "Position on its disc. The first is 1. Null if 7digital does not send it.",
      ...track((facts) => mapPresent(discPositionOf(facts), ({ number }: DiscPosition) => number), { includedIn: [chartedTrack] }),
    }),
    discNumber: t.int({
      description: "Number of the disc on the release. The first is 1. Null if 7digital does not send it.",
      ...track((facts) => mapPresent(discPositionOf(facts), ({ disc }: DiscPosition) => disc), { includedIn: [chartedTrack] }),
    }),
    durationSeconds: t.int({
      description: "Duration in seconds. Null if it is not known.",
      ...track(({ duration }) => zeroToNull(duration), { includedIn: [chartedTrack] }),
    }),
    explicit: t.boolean({
      description: "Whether the label marks the content as explicit. Null if 7digital does not send it.",
      ...track(({ explicit }) => explicit, { includedIn: [listedTrack, editorialContent] }),
    }),
    isrc: t.field({
      type: "ISRC",
      description: "ISRC of the recording. Null if 7digital does not send it.",
      ...track(({ isrc }) => isrc, { includedIn: [listedTrack] }),
    }),
    url: t.field({
      type: "URL",
      description: "URL of the item's page in the 7digital store. Null if 7digital does not send it.",
      ...track(trackPageOf, { includedIn: [trackInBrief, editorialContent] }),
    }),
    slug: t.string({
      description: 'Name of its release in URLs of the 7digital store, e.g. "strangeland". Null if 7digital does not send it.',
      ...track(trackSlugOf, { includedIn: [trackInBrief, editorialContent] }),
    }),
    downloadReleasedAt: t.field({
      type: "DateTime",
      description:
        "When it can be downloaded. Null if 7digital does not send it, or no date is announced. In lists, it costs a call for each track.",
      ...ownDetails(({ download }) => dateTimeOf(mapPresent(download, ({ releaseDate }: Download) => releaseDate))),
    }),
    previewReleasedAt: t.field({
      type: "DateTime",
      description:
        "When a clip of it can be played. Null if 7digital does not send it, or no date is announced. In lists, it costs a call for each track.",
      ...ownDetails((facts) => dateTimeOf(previewDateOf(facts))),
    }),
    streamingReleasedAt: t.field({
      type: "DateTime",
      description: "When it can be streamed. Null if 7digital does not send it, or no date is announced.",
      ...track((facts) => dateTimeOf(streamingDateOf(facts))),
    }),
    popularity: t.float({
      description: "Popularity of the track, from 0 to 1. Null if 7digital does not send it.",
      ...track(({ popularity }) => popularity),
    }),
    pline: t.string({
      description:
        'Phonographic copyright line, e.g. "2014 Noz Recordings". Null if 7digital does not send it. In lists, it costs a call for each track.',
      ...ownDetails(({ pline }) => pline),
    }),
    availableDrmFree: t.boolean({
      description: "Whether some format of it is free of digital rights management (DRM). Null if 7digital does not send it.",
      ...track(availableDrmFreeOf),
    }),
    formats: t.field({
      type: [formatRef],
      description: "Formats in which it is available. Null if 7digital does not send them.",
      ...track(formatsOf),
    }),
    packages: t.field({
      type: [packageRef],
      description: "Packages in which it is sold. Null if 7digital does not send them: use `price` then.",
      ...track((facts) => packagesOf(facts, withoutValue)),
    }),
    price: t.field({
      description: "Price of the item in the operation's store, or in the store that the arguments name.",
      ...priceField({
        field: track,
        includedIn: [listedTrack],
        load: (facts, { use }) => use(catalogue).track(keyOf(facts)),
        withoutValue,
        forSale(facts, store) {
          const releaseId = releaseIdOf(facts);
          return releaseId === undefined ? undefined : { releaseId, trackId: facts.trackId, store };
        },
      }),
    }),
    clipIfAvailable: t.field({
      ...upstream(trackPreview),
      type: "URL",
      description:
        "URL of a clip of 30 to 60 seconds, to listen to before buying. Null if 7digital has no clip of the track. Prefer `clip` " +
        "in lists: this field costs a call for each track. 7digital's terms: show a link to buy the track beside it, and do not " +
        "save the clip.",
      resolve: ({ trackId }, _, { use }) => nullIfNotFound(use(catalogue).preview(trackId)),
    }),
  }),
});
