/** track/stream: any track of the catalogue, to listen to. It knows no errorUrl. */
import { id, optional, text } from "../../upstream/request/params.js";
import { mediaLink } from "../link.js";

export const trackStream = mediaLink({
  path: "track/stream",
  host: "streamUrl",
  consumesDownload: false,
  params: { userId: optional(text), trackId: id, releaseId: optional(id), formatId: id },
});
