/** The locker: what the user owns, by release, and links to it. */
import { builder } from "../graph/builder.js";
import { upstream, withoutCall } from "../graph/field-cost.js";
import { noFields } from "../graph/included-fields.js";
import { badUserInput } from "../shared/client-error.js";
import { parseIdOf } from "../shared/node-id.js";
import { pagingArgs, windowOf } from "../graph/paging.js";
import { releaseRef, trackRef } from "../catalogue/refs.js";
import { releaseInBrief, releaseWithDate, trackInBrief, tracksOfOneRelease } from "../catalogue/included-fields.graph.js";
import { userLocker } from "./endpoints.js";
import { userDownloadRelease, userDownloadTrack, userStreamTrack } from "../media/endpoints.js";
import { errorUrlArg, errorUrlOf, formatIdOf, signedUrl, signedUrlRef, streamQuality } from "../media/signed-url.graph.js";
import { dateTimeOf } from "../shared/date-time.js";
import { formatRef } from "../graph/types/format.graph.js";
import { viewerRef } from "../graph/viewer.graph.js";
import { planWindow } from "../shared/window-plan.js";
import { readable } from "../upstream/xml/unreadable.js";
import { readLocker, type LockerPart } from "./loaders.js";
import { filesOf, tracksOf, type OwnedTrack } from "./owned.js";
import { downloadRef, locker, lockerReleaseRef, lockerTrackRef } from "./refs.js";

/** 7digital sets no limit. Larger releases are held by the limit on an operation's calls. */
const usualTracks = 25;

lockerReleaseRef.implement({
  description: "A release in a user's locker, with those of its tracks that the user has bought.",
  fields: (t) => ({
    release: t.field({
      ...withoutCall({ gives: releaseWithDate }),
      type: releaseRef,
      nullable: false,
      description: "The release. Fields that the locker does not include, such as label and price, come from the catalogue.",
      resolve: ({ facts }) => facts.release,
    }),
    tracks: t.field({
      ...withoutCall({ most: usualTracks, gives: trackInBrief, batch: tracksOfOneRelease(releaseInBrief) }),
      type: [lockerTrackRef],
      nullable: false,
      description: "The tracks that the user owns, which need not be all of the release.",
      resolve: tracksOf,
    }),
    available: t.boolean({
      description: "Whether 7digital can deliver it now. May be null: 7digital does not provide it for every account.",
      resolve: ({ facts }) => readable(facts.available),
    }),
    zip: t.field({
      ...upstream(userDownloadRelease, { calls: 0, nullOnlyWithError: true }),
      type: signedUrlRef,
      description: "Link to one ZIP file with all tracks of the release that the user owns.",
      args: {
        formatId: t.arg.id({ description: "The format, of those of the tracks' downloads. 7digital chooses one when left out." }),
        ...errorUrlArg(),
      },
      resolve: ({ facts, owner }, { formatId, ...args }, scope) =>
        signedUrl(
          userDownloadRelease,
          {
            releaseId: facts.release.releaseId,
            formatId: formatId === undefined || formatId === null ? undefined : formatIdOf(formatId),
            errorUrl: errorUrlOf(args, scope),
          },
          scope,
          owner ?? scope.user,
        ),
    }),
  }),
});

lockerTrackRef.implement({
  description: "A track that a user owns, as bought on one release.",
  fields: (t) => ({
    track: t.field({
      ...withoutCall({ passesThrough: true }),
      type: trackRef,
      nullable: false,
      description: "The track. Fields that the locker does not include come from the catalogue.",
      resolve: ({ facts, release }) => ({ ...facts.track, release }),
    }),
    purchaseId: t.id({
      description: "7digital's ID of the purchase it was bought by. Null in lockers of early accounts, which do not know it.",
      resolve: ({ facts: { purchaseId } }) => (purchaseId === undefined || purchaseId === "0" ? null : readable(purchaseId)),
    }),
    purchasedAt: t.field({
      type: "DateTime",
      description: "When it was bought. Null if 7digital does not send it.",
      resolve: ({ facts }) => readable(dateTimeOf(facts.purchaseDate)),
    }),
    remainingDownloads: t.int({
      description: "How many more times it can be downloaded. Streams do not count. Null if 7digital does not send it.",
      resolve: ({ facts }) => readable(facts.remainingDownloads),
    }),
    wholeRelease: t.boolean({
      description: "Whether it was bought with the whole release. May be null: 7digital does not provide it for every account.",
      resolve: ({ facts }) => readable(facts.completeAlbumPurchase),
    }),
    downloads: t.field({
      type: [downloadRef],
      nullable: false,
      description: "The formats it can be downloaded in now. Empty if 7digital offers none, for example because no download is left.",
      resolve: filesOf,
    }),
    stream: t.field({
      ...upstream(userStreamTrack, { calls: 0, nullOnlyWithError: true }),
      type: signedUrlRef,
      description: "Link to stream the whole track. It does not count as a download.",
      args: {
        quality: t.arg({ type: streamQuality, required: true, defaultValue: "26", description: "How much it is compressed." }),
        ...errorUrlArg(),
      },
      resolve: (track, { quality, ...args }, scope) =>
        signedUrl(
          userStreamTrack,
          { ...idsOf(track), formatId: quality, errorUrl: errorUrlOf(args, scope) },
          scope,
          track.owner ?? scope.user,
        ),
    }),
  }),
});

downloadRef.implement({
  description: "A track of a locker in one format.",
  fields: (t) => ({
    format: t.field({ type: formatRef, nullable: false, description: "The format of the file.", resolve: ({ format }) => format }),
    link: t.field({
      ...upstream(userDownloadTrack, { calls: 0 }),
      type: signedUrlRef,
      nullable: false,
      description: "Link to download the file. Opening it uses one of the remaining downloads of the track.",
      args: errorUrlArg(),
      resolve: (file, args, scope) =>
        signedUrl(
          userDownloadTrack,
          { ...idsOf(file), formatId: file.format.formatId, errorUrl: errorUrlOf(args, scope) },
          scope,
          file.owner ?? scope.user,
        ),
    }),
  }),
});

function idsOf({ facts, release }: OwnedTrack) {
  return { trackId: facts.track.trackId, releaseId: release.releaseId };
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
    ...upstream(userLocker, { list: { plan: planWindow, of: "locker" }, gives: noFields }),
    type: locker.connection,
    description:
      "All that the user has bought, by release: `totalCount` counts releases. It is asked for anew in every operation. The arguments " +
      "pick a part of it, which is empty where nothing fits.",
    args: {
      releaseId: t.arg.id({ description: "Only this release: a global ID or 7digital's own." }),
      trackId: t.arg.id({
        description: 'Only this track of a release: a global ID with the release ("track:1628015:155408"), or `releaseId` goes with it.',
      }),
      purchaseId: t.arg.id({ description: "Only what was bought by this purchase: a global ID or 7digital's own." }),
      sort: t.arg({ type: sort, required: true, defaultValue: "releaseTitle asc", description: "In which order." }),
      ...pagingArgs(),
    },
    resolve: ({ credential }, { sort, releaseId, trackId, purchaseId, ...paging }, scope) =>
      readLocker(credential, { sort, ...partOf({ releaseId, trackId, purchaseId }) }, windowOf(paging), scope),
  }),
);

interface PartArgs {
  readonly releaseId?: string | null | undefined;
  readonly trackId?: string | null | undefined;
  readonly purchaseId?: string | null | undefined;
}

/** @throws ClientError BAD_USER_INPUT */
function partOf(args: PartArgs): Omit<LockerPart, "sort"> {
  const track = args.trackId ? parseIdOf("track", "trackId", args.trackId) : undefined;
  const named = args.releaseId ? parseIdOf("release", "releaseId", args.releaseId).id : undefined;
  const releaseId = named ?? track?.releaseId;
  if (track !== undefined && releaseId === undefined) {
    throw badUserInput("trackId", 'Send `releaseId` too, or a global ID that tells the release ("track:1628015:155408").');
  }
  if (track?.releaseId !== undefined && track.releaseId !== releaseId) {
    throw badUserInput("releaseId", "`trackId` and `releaseId` tell different releases: send one of them.");
  }
  const purchaseId = args.purchaseId ? parseIdOf("purchase", "purchaseId", args.purchaseId).id : undefined;
  return { releaseId, trackId: track?.id, purchaseId };
}
