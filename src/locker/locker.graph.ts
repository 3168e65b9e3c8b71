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
import { windowIn } from "../shared/whole-list.js";
import { planWindow } from "../shared/window-plan.js";
import { readable } from "../upstream/xml/unreadable.js";
import { readLocker, type LockerPart } from "./loaders.js";
import { filesOf, tracksOf, type OwnedTrack } from "./owned.js";
import { downloadRef, locker, lockerReleaseRef, lockerTrackRef, lockerTracks } from "./refs.js";

lockerReleaseRef.implement({
  description: "A release in the user's locker, with the tracks of it that the user owns.",
  fields: (t) => ({
    release: t.field({
      ...withoutCall({ gives: releaseWithDate }),
      type: releaseRef,
      nullable: false,
      description: "The release. Fields that the locker does not include, such as `label` and `price`, cost a call.",
      resolve: ({ facts }) => facts.release,
    }),
    tracks: t.field({
      ...withoutCall({ gives: trackInBrief, batch: tracksOfOneRelease(releaseInBrief) }),
      type: lockerTracks.connection,
      nullable: false,
      description: "The tracks of the release that the user owns. These may be fewer than the release has.",
      args: pagingArgs(50),
      resolve: (release, paging) => windowIn(tracksOf(release), windowOf(paging)),
    }),
    available: t.boolean({
      description: "Whether 7digital can deliver it now. Null if 7digital does not send it.",
      resolve: ({ facts }) => readable(facts.available),
    }),
    zip: t.field({
      ...upstream(userDownloadRelease, { calls: 0, nullOnlyWithError: true }),
      type: signedUrlRef,
      description: "Signed link to a ZIP file with all tracks of the release that the user owns.",
      args: {
        formatId: t.arg.id({ description: "`formatId` of one of the tracks' downloads. If null, 7digital chooses." }),
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
  description: "A track in the user's locker, as it was bought on one release.",
  fields: (t) => ({
    track: t.field({
      ...withoutCall({ passesThrough: true }),
      type: trackRef,
      nullable: false,
      description: "The track. Fields that the locker does not include cost a call.",
      resolve: ({ facts, release }) => ({ ...facts.track, release }),
    }),
    purchaseId: t.id({
      description: "7digital's ID of the purchase. Null if 7digital does not send it, as for old accounts.",
      resolve: ({ facts: { purchaseId } }) => (purchaseId === undefined || purchaseId === "0" ? null : readable(purchaseId)),
    }),
    purchasedAt: t.field({
      type: "DateTime",
      description: "When it was bought. Null if 7digital does not send it.",
      resolve: ({ facts }) => readable(dateTimeOf(facts.purchaseDate)),
    }),
    remainingDownloads: t.int({
      description: "Number of downloads that remain. Streaming does not use any. Null if 7digital does not send it.",
      resolve: ({ facts }) => readable(facts.remainingDownloads),
    }),
    wholeRelease: t.boolean({
      description: "Whether it was bought as part of the whole release. Null if 7digital does not send it.",
      resolve: ({ facts }) => readable(facts.completeAlbumPurchase),
    }),
    downloads: t.field({
      type: [downloadRef],
      nullable: false,
      description: "The files that the user can download now. Empty if 7digital offers none, for example because no download remains.",
      resolve: filesOf,
    }),
    stream: t.field({
      ...upstream(userStreamTrack, { calls: 0, nullOnlyWithError: true }),
      type: signedUrlRef,
      description: "Signed link to stream the whole track. Streaming does not use a download.",
      args: {
        quality: t.arg({ type: streamQuality, required: true, defaultValue: "26", description: "Bit rate of the stream." }),
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
  description: "A file that the user can download: one track in one format.",
  fields: (t) => ({
    format: t.field({ type: formatRef, nullable: false, description: "The format of the file.", resolve: ({ format }) => format }),
    link: t.field({
      ...upstream(userDownloadTrack, { calls: 0 }),
      type: signedUrlRef,
      nullable: false,
      description: "Signed link to download the file. Opening it uses one of the track's remaining downloads.",
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
  description: "Sort order of a locker.",
  values: {
    RELEASE_TITLE_ASC: { value: "releaseTitle asc", description: "By title of the release, from A to Z." },
    RELEASE_TITLE_DESC: { value: "releaseTitle desc", description: "By title of the release, from Z to A." },
    PURCHASE_DATE_ASC: { value: "purchaseDate asc", description: "Oldest purchase first." },
    PURCHASE_DATE_DESC: { value: "purchaseDate desc", description: "Newest purchase first." },
    ARTIST_NAME_ASC: { value: "artistName asc", description: "By name of the artist, from A to Z." },
    ARTIST_NAME_DESC: { value: "artistName desc", description: "By name of the artist, from Z to A." },
  },
} as const);

builder.objectField(viewerRef, "locker", (t) =>
  t.field({
    ...upstream(userLocker, { list: { plan: planWindow, of: "locker" }, gives: noFields }),
    type: locker.connection,
    description:
      "Everything that the user owns, by release. `totalCount` counts releases. Never served from the cache. The arguments filter it.",
    args: {
      releaseId: t.arg.id({ description: "Return only this release: a global ID or 7digital's ID." }),
      trackId: t.arg.id({
        description:
          'Return only this track: a global ID with the release ("track:1628015:155408"), or 7digital\'s ID together with `releaseId`.',
      }),
      purchaseId: t.arg.id({ description: "Return only what this purchase contains: a global ID or 7digital's ID." }),
      sort: t.arg({ type: sort, required: true, defaultValue: "releaseTitle asc", description: "Sort order." }),
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
    throw badUserInput("trackId", 'Send `releaseId` too, or a global ID with the release ("track:1628015:155408").');
  }
  if (track?.releaseId !== undefined && track.releaseId !== releaseId) {
    throw badUserInput("releaseId", "`trackId` and `releaseId` tell different releases: send one of them.");
  }
  const purchaseId = args.purchaseId ? parseIdOf("purchase", "purchaseId", args.purchaseId).id : undefined;
  return { releaseId, trackId: track?.id, purchaseId };
}
