/** Links to any track of the catalogue: a clip for everyone, the whole track for the operator's servers. */
import { builder } from "../graph/builder.js";
import { withoutCall } from "../graph/field-cost.js";
import type { Scope } from "../shared/scope.js";
import { badUserInput } from "../shared/client-error.js";
import { operatorUpstream } from "../graph/operator.js";
import { parseSearchText } from "../shared/search-text.js";
import type { TrackFacts } from "../catalogue/decoders.js";
import { releaseIdOf } from "../catalogue/release-reading.js";
import { trackRef } from "../catalogue/refs.js";
import type { UserCredential } from "../upstream/session.js";
import { trackDownload, trackStream } from "./endpoints.js";
import { mediaLink, type MediaLink } from "./link.js";
import { errorUrlArg, errorUrlOf, formatIdOf, signedUrl, signedUrlRef, streamQuality } from "./signed-url.graph.js";

builder.objectFields(trackRef, (t) => ({
  clip: t.field({
    ...withoutCall({ mentionsNoCost: true }),
    type: signedUrlRef,
    nullable: false,
    description:
      "Signed link to a clip of 30 to 60 seconds, to listen to before buying. Opening it fails if 7digital has no clip of the " +
      "track. 7digital's terms: show a link to buy the track beside it, and do not save the clip.",
    resolve: ({ trackId }, _, scope) => signedUrl(clipOf(trackId), {}, scope),
  }),
  catalogueStream: t.field({
    ...operatorUpstream(trackStream, { calls: 0, nullOnlyWithError: true }),
    type: signedUrlRef,
    description:
      "Signed link to stream the whole track, whether or not a user owns it. 7digital records who listens: the signed-in user " +
      "or, if there is none, `userId`.",
    args: {
      userId: t.arg.string({
        description: "Your own ID of the user who listens. Required if no user is signed in, and ignored otherwise.",
      }),
      quality: t.arg({ type: streamQuality, required: true, defaultValue: "26", description: "Bit rate of the stream." }),
    },
    resolve: (track, { userId, quality }, scope) => catalogueStream(track, quality, userId, scope),
  }),
  catalogueDownload: t.field({
    ...operatorUpstream(trackDownload, { calls: 0, nullOnlyWithError: true }),
    type: signedUrlRef,
    description: "Signed link to download the whole track, whether or not a user owns it.",
    args: {
      formatId: t.arg.id({ required: true, description: "`formatId` of one of the track's `formats`." }),
      userId: t.arg.string({ description: "Your own ID of the user who downloads, for 7digital's reports." }),
      ...errorUrlArg(),
    },
    resolve: (track, args, scope) => catalogueDownload(track, args, scope),
  }),
}));

/** @throws ClientError BAD_USER_INPUT */
function catalogueStream(track: TrackFacts, formatId: string, givenUserId: string | null | undefined, scope: Scope) {
  const userId = scope.user === undefined ? userIdOf(givenUserId) : undefined;
  if (scope.user === undefined && userId === undefined) {
    throw badUserInput("userId", "`userId` is required where no user is signed in: send your own id of who listens.");
  }
  return signedUrl(trackStream, { userId, trackId: track.trackId, releaseId: releaseIdOf(track), formatId }, scope, scope.user);
}

interface DownloadArgs {
  readonly formatId: string;
  readonly userId?: string | null | undefined;
  readonly errorUrl?: string | null | undefined;
}

/** @throws ClientError BAD_USER_INPUT */
function catalogueDownload({ trackId }: TrackFacts, args: DownloadArgs, scope: Scope) {
  const userId = userIdOf(args.userId) ?? partnerUserId(scope.user);
  return signedUrl(trackDownload, { trackId, formatId: formatIdOf(args.formatId), userId, errorUrl: errorUrlOf(args, scope) }, scope);
}

function userIdOf(userId: string | null | undefined): string | undefined {
  return userId === undefined || userId === null ? undefined : parseSearchText("userId", userId);
}

/** The method takes no token. */
function partnerUserId(user: UserCredential | undefined): string | undefined {
  return user !== undefined && "partnerUserId" in user ? user.partnerUserId : undefined;
}

/** On the host that serves clips since 2014. The API document does not have it. */
function clipOf(trackId: string): MediaLink<object> {
  return mediaLink({ path: `clip/${trackId}`, host: "previewUrl", consumesDownload: false, params: {} });
}
