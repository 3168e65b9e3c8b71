/** user/downloadtrack: a track that the user owns, to keep. */
import { id, optional, text } from "../../upstream/request/params.js";
import { mediaLink } from "../link.js";

export const userDownloadTrack = mediaLink({
  path: "user/downloadtrack",
  host: "mediaUrl",
  consumesDownload: true,
  params: { trackId: id, releaseId: id, formatId: id, errorUrl: optional(text) },
});
