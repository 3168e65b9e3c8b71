/** Tracks in the graph. */
import { catalogue } from "./loaders.js";
import { builder } from "../graph/builder.js";
import { upstream, upstreamNonNull } from "../graph/field-cost.js";
import { required, lazyField } from "../graph/lazy-field.js";
import { nodeRef } from "../graph/node.js";
import { trackNodeId } from "../shared/node-id.js";
import { andThen } from "../shared/maybe-promise.js";
import { formatRef } from "../graph/types/format.graph.js";
import { packageRef, packagesOf, priceRef } from "../graph/types/price.graph.js";
import { zeroToNull, mapPresent } from "../shared/map-present.js";
import type { ReleaseFacts, TrackFacts } from "./decoders.js";
import { nullIfNotFound } from "../shared/null-if-not-found.js";
import { priceResolver, storeArgs } from "./price-field.graph.js";
import { purchasableRef } from "./purchasable.graph.js";
import { artistRef, releaseRef, trackRef } from "./refs.js";
import { creditOf, discPositionOf, formatsOf, releaseIdOf, shopPageOf, type DiscPosition } from "./release-reading.js";
import { trackDetails } from "./endpoints/track-details.js";
import { trackPreview } from "./endpoints/track-preview.js";
import { artistInBrief, chartedTrack, editorialContent, listedTrack, releaseInBrief, trackInBrief } from "./included-fields.graph.js";
import type { TrackKey } from "./track-loader.js";

const track = lazyField<TrackFacts>({ load: (facts, { use }) => use(catalogue).track(keyOf(facts)) });
const withoutValue = "WHOLE_RELEASE_ONLY";

function keyOf(track: TrackFacts): TrackKey {
  return { trackId: track.trackId, releaseId: releaseIdOf(track) };
}

interface Preview {
  readonly url: string;
}

const previewRef = builder.objectRef<Preview>("Preview").implement({
  description: "A clip of 30 to 60 seconds. 7digital's terms: it is shown beside a link to buy the track, and is not to be saved.",
  fields: (t) => ({
    url: t.expose("url", { type: "URL", nullable: false, description: "Where the clip can be heard." }),
  }),
});

trackRef.implement({
  description: "One recording on one release. The same recording on another release is another track.",
  interfaces: [nodeRef, purchasableRef],
  fields: (t) => ({
    id: t.id({
      nullable: false,
      description: 'Global id with the track and its release, e.g. "track:1628015:155408"; without the release where it is not told.',
      resolve: (facts) => trackNodeId(facts.trackId, releaseIdOf(facts)),
    }),
    trackId: t.exposeID("trackId", { nullable: false, description: "7digital's id of the track." }),
    releaseId: t.id({
      ...upstreamNonNull(trackDetails, { includedIn: [trackInBrief] }),
      description: "7digital's id of the release it is on.",
      resolve: required(
        "release of the track",
        track(({ release }) => mapPresent(release, ({ releaseId }: ReleaseFacts) => releaseId)),
      ),
    }),
    title: t.string({
      ...upstreamNonNull(trackDetails, { includedIn: [trackInBrief, editorialContent] }),
      description: "The title.",
      resolve: required(
        "title of the track",
        track(({ title }) => title),
      ),
    }),
    version: t.string({
      ...upstream(trackDetails, { includedIn: [trackInBrief] }),
      description: 'Which version of the title it is, e.g. "Radio Edit". Null for most.',
      resolve: track(({ version }) => version),
    }),
    artist: t.field({
      ...upstreamNonNull(trackDetails, { includedIn: [trackInBrief, editorialContent], gives: artistInBrief }),
      type: artistRef,
      description: "The artist the track is filed under.",
      resolve: required(
        "artist of the track",
        track(({ artist }) => artist),
      ),
    }),
    artistCredit: t.string({
      ...upstream(trackDetails, { includedIn: [trackInBrief, editorialContent] }),
      description: 'How the track credits its artists, e.g. "The Pogues feat. Kirsty MacColl".',
      resolve: track(({ artist }) => creditOf(artist)),
    }),
    release: t.field({
      ...upstreamNonNull(trackDetails, { includedIn: [trackInBrief], gives: releaseInBrief, batchParent: true }),
      type: releaseRef,
      description: "The release it is on.",
      resolve: required(
        "release of the track",
        track(({ release }) => release),
      ),
    }),
    number: t.int({
      ...upstream(trackDetails, { includedIn: [chartedTrack] }),
      description: "Position on its disc, from 1.",
      resolve: track((facts) => mapPresent(discPositionOf(facts), ({ number }: DiscPosition) => number)),
    }),
    discNumber: t.int({
      ...upstream(trackDetails, { includedIn: [chartedTrack] }),
      description: "Which disc of the release it is on, from 1.",
      resolve: track((facts) => mapPresent(discPositionOf(facts), ({ disc }: DiscPosition) => disc)),
    }),
    duration: t.int({
      ...upstream(trackDetails, { includedIn: [chartedTrack] }),
      description: "Playing time in seconds. Null where it is not known.",
      resolve: track(({ duration }) => zeroToNull(duration)),
    }),
    explicit: t.boolean({
      ...upstream(trackDetails, { includedIn: [listedTrack, editorialContent] }),
      description: "Whether the label marks the content as explicit.",
      resolve: track(({ explicit }) => explicit),
    }),
    isrc: t.field({
      ...upstream(trackDetails, { includedIn: [listedTrack] }),
      type: "ISRC",
      description: "The recording's ISRC.",
      resolve: track(({ isrc }) => isrc),
    }),
    url: t.field({
      ...upstream(trackDetails, { includedIn: [trackInBrief, editorialContent] }),
      type: "URL",
      description: "Where it can be bought in the 7digital store. Null in answers of later years, which tell none.",
      resolve: track(shopPageOf),
    }),
    formats: t.field({
      ...upstream(trackDetails),
      type: [formatRef],
      description: "The formats it is available in.",
      resolve: track((facts) => formatsOf(facts)),
    }),
    packages: t.field({
      ...upstream(trackDetails),
      type: [packageRef],
      description: "The ways to buy it. Null in older answers, which tell a single `price` instead.",
      resolve: track((facts) => packagesOf(facts, withoutValue)),
    }),
    price: t.field({
      ...upstream(trackDetails, { includedIn: [listedTrack] }),
      type: priceRef,
      description: "What it costs in the operation's store, or in the store named here.",
      args: storeArgs(),
      resolve: priceResolver({
        field: track,
        load: (facts, { use }) => use(catalogue).track(keyOf(facts)),
        withoutValue,
        forSale(facts, store) {
          const releaseId = releaseIdOf(facts);
          return releaseId === undefined ? undefined : { releaseId, trackId: facts.trackId, store };
        },
      }),
    }),
    preview: t.field({
      ...upstream(trackPreview),
      type: previewRef,
      description: "A clip to listen to before buying. Null where there is none.",
      resolve: ({ trackId }, _, { use }) => nullIfNotFound(andThen(use(catalogue).preview(trackId), (url) => ({ url }))),
    }),
  }),
});
