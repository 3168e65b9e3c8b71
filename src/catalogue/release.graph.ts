/** Releases in the graph. */
import { ofOneRelease, upstream, upstreamNonNull } from "../graph/extensions.js";
import { always, hydrated } from "../graph/hydrate.js";
import { pagingArgs, windowOf } from "../graph/paging.js";
import { dateTimeOf } from "../shared/date-time.js";
import { formatRef } from "../shared/format.graph.js";
import { coverWidths } from "../shared/image.js";
import { imageArgs, imageAt, imageRef } from "../shared/image.graph.js";
import { labelRef, licensorRef } from "../shared/label.graph.js";
import type { Licensor } from "../shared/label.js";
import { andThen } from "../shared/maybe-promise.js";
import { packageRef, packagesOf, priceRef } from "../shared/price.graph.js";
import { known, whenTold } from "../shared/when-told.js";
import type { ReleaseFacts } from "./decoders.js";
import { releaseRecommend } from "./endpoints/release-recommend.js";
import { releaseTags } from "./endpoints/release-tags.js";
import { releaseTracks } from "./endpoints/release-tracks.js";
import { priceResolver, storeArgs } from "./price-field.js";
import { purchasableRef } from "./purchasable.graph.js";
import { artistRef, nodeRef, releaseRef, releases, tagRef, tracks } from "./refs.js";
import { creditOf, formatsOf, shopPageOf } from "./release-reading.js";
import { releaseType, releaseTypeOf } from "./release-type.graph.js";
import { tagsArgs, tagsList } from "./tags-field.js";
import { byWindow, creditedArtist, eachTells, listedRelease, trackOnRelease, whole } from "./told.js";
import { allOnRelease } from "./track-loader.js";

const details = "release/details";
const release = hydrated<ReleaseFacts>({
  load: ({ releaseId }, { catalogue }) => catalogue.release(releaseId),
  inHand: ({ releaseId }, { catalogue }) => catalogue.inHand.releases.get(releaseId),
});
const withoutValue = "SINGLE_TRACKS_ONLY";

releaseRef.implement({
  description: "An album, a single or a video: what 7digital sells as a whole.",
  interfaces: [nodeRef, purchasableRef],
  fields: (t) => ({
    id: t.id({ nullable: false, description: 'Global id, e.g. "release:155408".', resolve: ({ releaseId }) => `release:${releaseId}` }),
    releaseId: t.exposeID("releaseId", { nullable: false, description: "7digital's id of the release." }),
    title: t.string({
      ...upstreamNonNull(details),
      description: "The title.",
      resolve: always(
        "title of the release",
        release(({ title }) => title),
      ),
    }),
    version: t.string({
      ...upstream(details),
      description: 'Which version of the title it is, e.g. "UK" or "Deluxe Edition". Null for most.',
      resolve: release(({ version }) => version),
    }),
    type: t.field({
      ...upstream(details),
      type: releaseType,
      description: "Album, single or video. Null where 7digital does not tell.",
      resolve: release(({ type }) => whenTold(type, releaseTypeOf)),
    }),
    artist: t.field({
      ...upstreamNonNull(details, 1, { tells: creditedArtist }),
      type: artistRef,
      description: "The artist the release is filed under.",
      resolve: always(
        "artist of the release",
        release(({ artist }) => artist),
      ),
    }),
    artistCredit: t.string({
      ...upstream(details),
      description: 'How the release credits its artists, e.g. "The Pogues feat. Kirsty MacColl".',
      resolve: release(({ artist }) => creditOf(artist)),
    }),
    barcode: t.string({
      ...upstream(details),
      description: "The barcode (typically UPC or EAN) with its leading zeros.",
      resolve: release(({ barcode }) => barcode),
    }),
    year: t.int({
      ...upstream(details),
      description: "Year of the original release. Null where it is not known.",
      resolve: release(({ year }) => known(year)),
    }),
    explicit: t.boolean({
      ...upstream(details),
      description: "Whether the label marks the content as explicit.",
      resolve: release(({ explicit }) => explicit),
    }),
    releaseDate: t.field({
      ...upstream(details),
      type: "DateTime",
      description: "From when it can be downloaded; in the future for pre-orders.",
      resolve: release(({ releaseDate, download }) => dateTimeOf(releaseDate === undefined ? download?.releaseDate : releaseDate)),
    }),
    addedDate: t.field({
      ...upstream(details),
      type: "DateTime",
      description: "When it was added to 7digital's catalogue.",
      resolve: release(({ addedDate }) => dateTimeOf(addedDate)),
    }),
    duration: t.int({
      ...upstream(details),
      description: "Playing time of the whole release in seconds. Null where it is not told.",
      resolve: release(({ duration }) => known(duration)),
    }),
    trackCount: t.int({
      ...upstream(details),
      description: "How many tracks it has. Null in older answers; `tracks { totalCount }` always tells.",
      resolve: release(({ trackCount }) => known(trackCount)),
    }),
    url: t.field({
      ...upstream(details),
      type: "URL",
      description: "Where it can be bought in the 7digital store. Null in answers of later years, which tell none.",
      resolve: release(shopPageOf),
    }),
    image: t.field({
      ...upstream(details),
      type: imageRef,
      description: "The cover.",
      args: imageArgs(coverWidths),
      resolve: release(({ image }, { width }: { width: number }) => imageAt(image, width, coverWidths)),
    }),
    label: t.field({
      ...upstream(details),
      type: labelRef,
      description: "The label that issues it.",
      resolve: release(({ label }) => label),
    }),
    licensor: t.field({
      ...upstream(details),
      type: licensorRef,
      description: "Who controls the rights to it. Null where 7digital does not tell.",
      resolve: release(({ licensor }) => whenTold(licensor, (told: Licensor) => (told.licensorId === "0" ? null : told))),
    }),
    formats: t.field({
      ...upstream(details),
      type: [formatRef],
      description: "The formats its tracks are available in.",
      resolve: release((facts) => formatsOf(facts)),
    }),
    packages: t.field({
      ...upstream(details),
      type: [packageRef],
      description: "The ways to buy it. Null in older answers, which tell a single `price` and `formats` instead.",
      resolve: release((facts) => packagesOf(facts, withoutValue)),
    }),
    price: t.field({
      ...upstream(details),
      type: priceRef,
      description: "What it costs in the operation's store, or in the store named here.",
      args: storeArgs(),
      resolve: priceResolver({
        told: release,
        load: (facts, catalogue) => catalogue.release(facts.releaseId),
        withoutValue,
        forSale: ({ releaseId }, store) => ({ releaseId, trackId: undefined, store }),
      }),
    }),
    tracks: t.field({
      ...ofOneRelease(upstream("release/tracks", 1, { list: whole, tells: eachTells(trackOnRelease) })),
      type: tracks.connection,
      description: "Its tracks, in order, over all discs.",
      args: pagingArgs(50),
      resolve: (facts, paging, { catalogue }) => {
        const { releaseId } = facts;
        catalogue.inHand.releases.add(releaseId, facts);
        return andThen(catalogue.readWhole(releaseTracks, { releaseId }, windowOf(paging)), (read) => allOnRelease(read, releaseId));
      },
    }),
    recommendations: t.field({
      ...upstream("release/recommend", 1, { list: byWindow, tells: eachTells(listedRelease) }),
      type: releases.connection,
      description: "Releases for those who like this one.",
      args: pagingArgs(),
      resolve: ({ releaseId }, paging, { catalogue }) => catalogue.read(releaseRecommend, { releaseId }, windowOf(paging)),
    }),
    tags: t.field({
      ...tagsList("release/tags"),
      type: [tagRef],
      description: "Genres, decades, countries and other words that describe the release.",
      args: tagsArgs(),
      resolve: ({ releaseId }, args, { catalogue }) =>
        andThen(catalogue.readWhole(releaseTags, { releaseId }, windowOf(args)), ({ items }) => items.map(({ item }) => item)),
    }),
  }),
});
