/** Tracks in the graph. */
import { catalogue } from "./loaders.js";
import { upstream } from "../graph/field-cost.js";
import { lazyField } from "../graph/lazy-field.js";
import { nodeRef } from "../graph/node.js";
import { trackNodeId } from "../shared/node-id.js";
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

trackRef.implement({
  description: "One recording on one release. The same recording on another release is another track.",
  interfaces: [nodeRef, purchasableRef],
  fields: (t) => ({
    id: t.id({
      nullable: false,
      description: 'Global ID with the track and its release, e.g. "track:1628015:155408"; without the release if it is not known.',
      resolve: (facts) => trackNodeId(facts.trackId, releaseIdOf(facts)),
    }),
    trackId: t.exposeID("trackId", { nullable: false, description: "7digital's ID of the track." }),
    releaseId: t.id({
      description: "7digital's ID of the release it is on.",
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
    durationSeconds: t.int({
      description: "Playing time in seconds. Null if it is not known.",
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
      description: "Page of the item in the 7digital store. May be null: 7digital does not provide it for every item.",
      ...track(shopPageOf, { includedIn: [trackInBrief, editorialContent] }),
    }),
    formats: t.field({
      type: [formatRef],
      description: "The formats it is available in.",
      ...track(formatsOf),
    }),
    packages: t.field({
      type: [packageRef],
      description: "Packages in which it is sold. May be null: 7digital does not provide it for every track. Use `price` then.",
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
    clipIfAvailable: t.field({
      ...upstream(trackPreview),
      type: "URL",
      description:
        "A clip of 30 to 60 seconds to listen to before buying, as 7digital answers for it: a call for each track, so prefer `clip` in " +
        "lists. Null if there is no clip. 7digital's terms: show a link to buy the track beside it, and do not save it.",
      resolve: ({ trackId }, _, { use }) => nullIfNotFound(use(catalogue).preview(trackId)),
    }),
  }),
});
