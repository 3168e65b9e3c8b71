/** Tracks in the graph. */
import { builder } from "../graph/builder.js";
import { upstream, upstreamNonNull } from "../graph/extensions.js";
import { always, hydrated } from "../graph/hydrate.js";
import { trackNodeId } from "../graph/node-id.js";
import { andThen } from "../shared/maybe-promise.js";
import { formatRef } from "../shared/format.graph.js";
import { packageRef, packagesOf, priceRef } from "../shared/price.graph.js";
import { known, whenTold } from "../shared/when-told.js";
import type { ReleaseFacts, TrackFacts } from "./decoders.js";
import { orNull } from "./lookup.js";
import { priceResolver, storeArgs } from "./price-field.js";
import { purchasableRef } from "./purchasable.graph.js";
import { artistRef, nodeRef, releaseRef, trackRef } from "./refs.js";
import { creditOf, discPositionOf, formatsOf, releaseIdOf, shopPageOf, type DiscPosition } from "./release-reading.js";
import { creditedArtist, releaseInBrief } from "./told.js";
import type { TrackKey } from "./track-loader.js";

const details = "track/details";
const track = hydrated<TrackFacts>({ load: (facts, { catalogue }) => catalogue.track(keyOf(facts)) });
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
      ...upstreamNonNull(details),
      description: "7digital's id of the release it is on.",
      resolve: always(
        "release of the track",
        track(({ release }) => whenTold(release, (told: ReleaseFacts) => told.releaseId)),
      ),
    }),
    title: t.string({
      ...upstreamNonNull(details),
      description: "The title.",
      resolve: always(
        "title of the track",
        track(({ title }) => title),
      ),
    }),
    version: t.string({
      ...upstream(details),
      description: 'Which version of the title it is, e.g. "Radio Edit". Null for most.',
      resolve: track(({ version }) => version),
    }),
    artist: t.field({
      ...upstreamNonNull(details, 1, { tells: creditedArtist }),
      type: artistRef,
      description: "The artist the track is filed under.",
      resolve: always(
        "artist of the track",
        track(({ artist }) => artist),
      ),
    }),
    artistCredit: t.string({
      ...upstream(details),
      description: 'How the track credits its artists, e.g. "The Pogues feat. Kirsty MacColl".',
      resolve: track(({ artist }) => creditOf(artist)),
    }),
    release: t.field({
      ...upstreamNonNull(details, 1, { tells: releaseInBrief }),
      type: releaseRef,
      description: "The release it is on.",
      resolve: always(
        "release of the track",
        track(({ release }) => release),
      ),
    }),
    number: t.int({
      ...upstream(details),
      description: "Position on its disc, from 1.",
      resolve: track((facts) => whenTold(discPositionOf(facts), ({ number }: DiscPosition) => number)),
    }),
    discNumber: t.int({
      ...upstream(details),
      description: "Which disc of the release it is on, from 1.",
      resolve: track((facts) => whenTold(discPositionOf(facts), ({ disc }: DiscPosition) => disc)),
    }),
    duration: t.int({
      ...upstream(details),
      description: "Playing time in seconds. Null where it is not known.",
      resolve: track(({ duration }) => known(duration)),
    }),
    explicit: t.boolean({
      ...upstream(details),
      description: "Whether the label marks the content as explicit.",
      resolve: track(({ explicit }) => explicit),
    }),
    isrc: t.field({
      ...upstream(details),
      type: "ISRC",
      description: "The recording's ISRC.",
      resolve: track(({ isrc }) => isrc),
    }),
    url: t.field({
      ...upstream(details),
      type: "URL",
      description: "Where it can be bought in the 7digital store. Null in answers of later years, which tell none.",
      resolve: track(shopPageOf),
    }),
    formats: t.field({
      ...upstream(details),
      type: [formatRef],
      description: "The formats it is available in.",
      resolve: track((facts) => formatsOf(facts)),
    }),
    packages: t.field({
      ...upstream(details),
      type: [packageRef],
      description: "The ways to buy it. Null in older answers, which tell a single `price` instead.",
      resolve: track((facts) => packagesOf(facts, withoutValue)),
    }),
    price: t.field({
      ...upstream(details),
      type: priceRef,
      description: "What it costs in the operation's store, or in the store named here.",
      args: storeArgs(),
      resolve: priceResolver({
        told: track,
        load: (facts, catalogue) => catalogue.track(keyOf(facts)),
        withoutValue,
        forSale(facts, store) {
          const releaseId = releaseIdOf(facts);
          return releaseId === undefined ? undefined : { releaseId, trackId: facts.trackId, store };
        },
      }),
    }),
    preview: t.field({
      ...upstream("track/preview"),
      type: previewRef,
      description: "A clip to listen to before buying. Null where there is none.",
      resolve: ({ trackId }, _, { catalogue }) => orNull(andThen(catalogue.preview(trackId), (url) => ({ url }))),
    }),
  }),
});
