/** Methods of the media hosts. @see API document, "Media" and "Catalogue media" */
import { id, optional, text } from "../upstream/request/params.js";
import { mediaLink } from "./link.js";

/** user/downloadtrack: a track that the user owns, to keep. */
export const userDownloadTrack = mediaLink({
  path: "user/downloadtrack",
  host: "mediaUrl",
  consumesDownload: true,
  params: { trackId: id, releaseId: id, formatId: id, errorUrl: optional(text) },
});

/** user/streamtrack: a track that the user owns, to listen to. */
export const userStreamTrack = mediaLink({
  path: "user/streamtrack",
  host: "streamUrl",
  consumesDownload: false,
  params: { trackId: id, releaseId: id, formatId: id, errorUrl: optional(text) },
});

/** user/download/release: all that the user owns of a release, in a ZIP file. */
export const userDownloadRelease = mediaLink({
  path: "user/download/release",
  host: "mediaUrl",
  consumesDownload: true,
  params: { releaseId: id, formatId: optional(id), errorUrl: optional(text) },
});

/** user/download/purchase: all that the user bought at once, in a ZIP file. */
export const userDownloadPurchase = mediaLink({
  path: "user/download/purchase",
  host: "mediaUrl",
  consumesDownload: true,
  params: { purchaseId: id, errorUrl: optional(text) },
});

/** track/stream: any track of the catalogue, to listen to. 7digital takes no errorUrl here. */
export const trackStream = mediaLink({
  path: "track/stream",
  host: "streamUrl",
  consumesDownload: false,
  params: { userId: optional(text), trackId: id, releaseId: optional(id), formatId: id },
});

/** track/download: any track of the catalogue, to keep. */
export const trackDownload = mediaLink({
  path: "track/download",
  host: "mediaUrl",
  consumesDownload: false,
  params: { trackId: id, formatId: id, userId: optional(text), errorUrl: optional(text) },
});

const forSubscribers = {
  host: "streamServiceUrl",
  consumesDownload: false,
  params: { trackId: id, releaseId: optional(id), formatId: id, clientId: optional(text) },
} as const;

/** stream/subscription: a whole track, for a user with a subscription. @see 7digital's later documentation */
export const streamSubscription = mediaLink({ path: "stream/subscription", ...forSubscribers });

/** The same by HTTP Live Streaming. */
export const streamSubscriptionPlaylist = mediaLink({ path: "stream/subscription.m3u8", ...forSubscribers });

const forRadio = { host: "streamServiceUrl", consumesDownload: false, params: { trackId: id, formatId: id } } as const;

/** stream/catalogue: a whole track, for radio. It takes no user. */
export const streamCatalogue = mediaLink({ path: "stream/catalogue", ...forRadio });

/** The same by HTTP Live Streaming. */
export const streamCataloguePlaylist = mediaLink({ path: "stream/catalogue.m3u8", ...forRadio });
