/** user/streamtrack: a track that the user owns, to listen to. */
import { id, optional, text } from "../../upstream/request/params.js";
import { mediaLink } from "../link.js";

export const userStreamTrack = mediaLink({
  path: "user/streamtrack",
  host: "streamUrl",
  consumesDownload: false,
  params: { trackId: id, releaseId: id, formatId: id, errorUrl: optional(text) },
});
