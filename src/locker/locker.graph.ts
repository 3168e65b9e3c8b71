/** What a user owns, in the graph: the locker by release, and how its tracks can be had. */
import { builder } from "../graph/builder.js";
import { atMost, ofOneRelease, upstream } from "../graph/extensions.js";
import { badUserInput } from "../graph/input-error.js";
import { parseIdOf } from "../graph/node-id.js";
import { pagingArgs, windowOf } from "../graph/paging.js";
import { releaseRef, trackRef } from "../catalogue/refs.js";
import { eachTells } from "../catalogue/told.js";
import { userDownloadRelease } from "../media/endpoints/user-download-release.js";
import { userDownloadTrack } from "../media/endpoints/user-download-track.js";
import { userStreamTrack } from "../media/endpoints/user-stream-track.js";
import { errorUrlArg, errorUrlOf, formatIdOf, signedUrl, signedUrlRef, streamQuality } from "../media/signed-url.graph.js";
import { dateTimeOf } from "../shared/date-time.js";
import { formatRef } from "../shared/format.graph.js";
import { viewerRef } from "../shared/viewer.graph.js";
import { planWindow } from "../shared/window-plan.js";
import { readable } from "../upstream/unreadable.js";
import { filesOf, lockerWindow, tracksOf, type LockerPart } from "./owned.js";
import { ownedRelease, usualTracks } from "./told.js";
import { downloadRef, locker, lockerReleaseRef, lockerTrackRef, type OwnedTrack } from "./refs.js";

lockerReleaseRef.implement({
  description: "A release in a user's locker, with those of its tracks that the user has bought.",
  fields: (t) => ({
    release: t.field({
      type: releaseRef,
      nullable: false,
      description: "The release. What the locker does not tell of it (its label, its price) comes from the catalogue.",
      resolve: ({ told }) => told.release,
    }),
    tracks: t.field({
      ...ofOneRelease(atMost(usualTracks)),
      type: [lockerTrackRef],
      nullable: false,
      description: "The tracks that the user owns, which need not be all of the release.",
      resolve: tracksOf,
    }),
    available: t.boolean({
      description: "Whether 7digital can deliver it now. Null in lockers of early accounts, which do not tell.",
      resolve: ({ told }) => readable(told.available),
    }),
    zip: t.field({
      ...upstream("user/download/release", 0),
      type: signedUrlRef,
      description: "A link to one ZIP file with the tracks that the user owns of the release. It is signed here and costs no call.",
      args: {
        formatId: t.arg.id({ description: "The format, of those of the tracks' downloads. 7digital chooses one when left out." }),
        ...errorUrlArg(),
      },
      resolve: ({ told, owner }, { formatId, ...args }, context) =>
        signedUrl(
          userDownloadRelease,
          {
            releaseId: told.release.releaseId,
            formatId: formatId === undefined || formatId === null ? undefined : formatIdOf(formatId),
            errorUrl: errorUrlOf(args, context),
          },
          context,
          owner ?? context.user,
        ),
    }),
  }),
});

lockerTrackRef.implement({
  description: "A track that a user owns, as bought on one release.",
  fields: (t) => ({
    track: t.field({
      type: trackRef,
      nullable: false,
      description: "The track. What the locker does not tell of it comes from the catalogue.",
      resolve: ({ told, release }) => ({ ...told.track, release }),
    }),
    purchaseId: t.id({
      description: "7digital's id of the purchase it was bought by. Null in lockers of early accounts, which do not know it.",
      resolve: ({ told: { purchaseId } }) => (purchaseId === undefined || purchaseId === "0" ? null : readable(purchaseId)),
    }),
    purchasedAt: t.field({
      type: "DateTime",
      description: "When it was bought. Null where 7digital does not tell.",
      resolve: ({ told }) => readable(dateTimeOf(told.purchaseDate)),
    }),
    remainingDownloads: t.int({
      description: "How many more times it can be downloaded. Streams do not count. Null where 7digital does not tell.",
      resolve: ({ told }) => readable(told.remainingDownloads),
    }),
    wholeRelease: t.boolean({
      description: "Whether it was bought with the whole release. Null in lockers of early accounts, which do not tell.",
      resolve: ({ told }) => readable(told.completeAlbumPurchase),
    }),
    downloads: t.field({
      type: [downloadRef],
      nullable: false,
      description: "The formats it can be downloaded in now. Empty where 7digital offers none, for example because no download is left.",
      resolve: filesOf,
    }),
    stream: t.field({
      ...upstream("user/streamtrack", 0),
      type: signedUrlRef,
      description: "A link to listen to the whole track, which takes nothing from the remaining downloads. Signed here, it costs no call.",
      args: {
        quality: t.arg({ type: streamQuality, required: true, defaultValue: "26", description: "How much it is compressed." }),
        ...errorUrlArg(),
      },
      resolve: (track, { quality, ...args }, context) =>
        signedUrl(
          userStreamTrack,
          { ...idsOf(track), formatId: quality, errorUrl: errorUrlOf(args, context) },
          context,
          track.owner ?? context.user,
        ),
    }),
  }),
});

downloadRef.implement({
  description: "A track of a locker in one format.",
  fields: (t) => ({
    format: t.field({ type: formatRef, nullable: false, description: "The format of the file.", resolve: ({ format }) => format }),
    link: t.field({
      ...upstream("user/downloadtrack", 0),
      type: signedUrlRef,
      nullable: false,
      description:
        "A link to download the file. It is signed here and costs no call; following it takes one from the track's remaining downloads.",
      args: errorUrlArg(),
      resolve: (file, args, context) =>
        signedUrl(
          userDownloadTrack,
          { ...idsOf(file), formatId: file.format.formatId, errorUrl: errorUrlOf(args, context) },
          context,
          file.owner ?? context.user,
        ),
    }),
  }),
});

function idsOf({ told, release }: OwnedTrack) {
  return { trackId: told.track.trackId, releaseId: release.releaseId };
}

const sort = builder.enumType("LockerSort", {
  description: "The order of a locker.",
  values: {
    RELEASE_TITLE_ASC: { value: "releaseTitle asc", description: "By title of the release." },
    RELEASE_TITLE_DESC: { value: "releaseTitle desc", description: "By title of the release, backwards." },
    PURCHASE_DATE_ASC: { value: "purchaseDate asc", description: "What was bought first comes first." },
    PURCHASE_DATE_DESC: { value: "purchaseDate desc", description: "What was bought last comes first." },
    ARTIST_NAME_ASC: { value: "artistName asc", description: "By name of the artist." },
    ARTIST_NAME_DESC: { value: "artistName desc", description: "By name of the artist, backwards." },
  },
} as const);

builder.objectField(viewerRef, "locker", (t) =>
  t.field({
    ...upstream("user/locker", 1, { list: { plan: planWindow, of: "locker" }, tells: eachTells(ownedRelease) }),
    type: locker.connection,
    description:
      "All that the user has bought, by release: `totalCount` counts releases. It is asked for anew in every operation. The arguments " +
      "pick a part of it, which is empty where nothing fits.",
    args: {
      releaseId: t.arg.id({ description: "Only this release." }),
      trackId: t.arg.id({
        description: 'Only this track of a release: a global id with the release ("track:1628015:155408"), or `releaseId` goes with it.',
      }),
      purchaseId: t.arg.id({ description: "Only what was bought by this purchase." }),
      sort: t.arg({ type: sort, required: true, defaultValue: "releaseTitle asc", description: "In which order." }),
      ...pagingArgs(),
    },
    resolve: ({ credential }, { sort, releaseId, trackId, purchaseId, ...paging }, context) =>
      lockerWindow(credential, { sort, ...partOf({ releaseId, trackId, purchaseId }) }, windowOf(paging), context),
  }),
);

interface PartArgs {
  readonly releaseId?: string | null | undefined;
  readonly trackId?: string | null | undefined;
  readonly purchaseId?: string | null | undefined;
}

/** @throws GraphQLError BAD_USER_INPUT */
function partOf(args: PartArgs): Omit<LockerPart, "sort"> {
  const track = args.trackId ? parseIdOf("track", "trackId", args.trackId) : undefined;
  const named = args.releaseId ? parseIdOf("release", "releaseId", args.releaseId).id : undefined;
  const releaseId = named ?? track?.releaseId;
  if (track !== undefined && releaseId === undefined) {
    throw badUserInput("trackId", 'Send `releaseId` too, or a global id that tells the release ("track:1628015:155408").');
  }
  if (track?.releaseId !== undefined && track.releaseId !== releaseId) {
    throw badUserInput("releaseId", "`trackId` and `releaseId` tell different releases: send one of them.");
  }
  const purchaseId = args.purchaseId ? parseIdOf("purchase", "purchaseId", args.purchaseId).id : undefined;
  return { releaseId, trackId: track?.id, purchaseId };
}
