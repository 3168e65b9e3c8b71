/** track/download: any track of the catalogue, to keep. */
import { id, optional, text } from "../../upstream/request/params.js";
import { mediaLink } from "../link.js";

export const trackDownload = mediaLink({
  path: "track/download",
  host: "mediaUrl",
  consumesDownload: false,
  params: { trackId: id, formatId: id, userId: optional(text), errorUrl: optional(text) },
});
