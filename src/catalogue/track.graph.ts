/** Tracks in the graph. */
import { catalogue } from "./loaders.js";
import { builder } from "../graph/builder.js";
import { upstream } from "../graph/field-cost.js";
import { lazyField } from "../graph/lazy-field.js";
import { nodeRef } from "../graph/node.js";
import { trackNodeId } from "../shared/node-id.js";
import { andThen } from "../shared/maybe-promise.js";
import { formatRef } from "../graph/types/format.graph.js";
import { packageRef, packagesOf } from "../graph/types/price.graph.js";
import { zeroToNull, mapPresent } from "../shared/map-present.js";
import type { ReleaseFacts, TrackFacts } from "./decoders.js";
import { nullIfNotFound } from "../shared/null-if-not-found.js";
import { priceField, purchasableRef } from "./purchasable.graph.js";
import { artistRef, releaseRef, trackRef } from "./refs.js";
import { creditOf, discPositionOf, formatsOf, releaseIdOf, shopPageOf, type DiscPosition } from "./release-reading.js";
import { trackDetails, trackPreview } from "./endpoints/track.js";
import { artistInBrief, chartedTrack, editorialContent, listedTrack, releaseInBrief, trackInBrief } from "./included-fields.graph.js";
import type { TrackKey } from "./track-loader.js";

const track = lazyField<TrackFacts>({
  name: "track",
  method: trackDetails,
  load: (facts, { use }) => use(catalogue).track(keyOf(facts)),
});
const withoutValue = "WHOLE_RELEASE_ONLY";

function keyOf(track: TrackFacts): TrackKey {
  return { trackId: track.trackId, releaseId: releaseIdOf(track) };
}

const previewRef = builder.objectRef<{ readonly url: string }>("Preview").implement({
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
      description: "7digital's id of the release it is on.",
      ...track(({ release }) => mapPresent(release, ({ releaseId }: ReleaseFacts) => releaseId), {
        includedIn: [trackInBrief],
        required: "release",
      }),
    }),
    title: t.string({
      description: "The title.",
      ...track(({ title }) => title, { includedIn: [trackInBrief, editorialContent], required: "title" }),
    }),
    version: t.string({
      description: 'Which version of the title it is, e.g. "Radio Edit". Null for most.',
      ...track(({ version }) => version, { includedIn: [trackInBrief] }),
    }),
    artist: t.field({
      type: artistRef,
      description: "The artist the track is filed under.",
      ...track(({ artist }) => artist, { includedIn: [trackInBrief, editorialContent], gives: artistInBrief, required: "artist" }),
    }),
    artistCredit: t.string({
      description: 'How the track credits its artists, e.g. "The Pogues feat. Kirsty MacColl".',
      ...track(({ artist }) => creditOf(artist), { includedIn: [trackInBrief, editorialContent] }),
    }),
    release: t.field({
      type: releaseRef,
      description: "The release it is on.",
      ...track(({ release }) => release, { includedIn: [trackInBrief], gives: releaseInBrief, batchParent: true, required: "release" }),
    }),
    number: t.int({
      description: "Position on its disc, from 1.",
      ...track((facts) => mapPresent(discPositionOf(facts), ({ number }: DiscPosition) => number), { includedIn: [chartedTrack] }),
    }),
    discNumber: t.int({
      description: "Which disc of the release it is on, from 1.",
      ...track((facts) => mapPresent(discPositionOf(facts), ({ disc }: DiscPosition) => disc), { includedIn: [chartedTrack] }),
    }),
    duration: t.int({
      description: "Playing time in seconds. Null where it is not known.",
      ...track(({ duration }) => zeroToNull(duration), { includedIn: [chartedTrack] }),
    }),
    explicit: t.boolean({
      description: "Whether the label marks the content as explicit.",
      ...track(({ explicit }) => explicit, { includedIn: [listedTrack, editorialContent] }),
    }),
    isrc: t.field({
      type: "ISRC",
      description: "The recording's ISRC.",
      ...track(({ isrc }) => isrc, { includedIn: [listedTrack] }),
    }),
    url: t.field({
      type: "URL",
      description: "Where it can be bought in the 7digital store. Null in answers of later years, which tell none.",
      ...track(shopPageOf, { includedIn: [trackInBrief, editorialContent] }),
    }),
    formats: t.field({
      type: [formatRef],
      description: "The formats it is available in.",
      ...track(formatsOf),
    }),
    packages: t.field({
      type: [packageRef],
      description: "The ways to buy it. Null in older answers, which tell a single `price` instead.",
      ...track((facts) => packagesOf(facts, withoutValue)),
    }),
    price: t.field({
      description: "What it costs in the operation's store, or in the store named here.",
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
    preview: t.field({
      ...upstream(trackPreview),
      type: previewRef,
      description: "A clip to listen to before buying. Null where there is none.",
      resolve: ({ trackId }, _, { use }) => nullIfNotFound(andThen(use(catalogue).preview(trackId), (url) => ({ url }))),
    }),
  }),
});
