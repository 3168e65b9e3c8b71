/** user/download/release: all that the user owns of a release, in a ZIP file. */
import { id, optional, text } from "../../upstream/request/params.js";
import { mediaLink } from "../link.js";

export const userDownloadRelease = mediaLink({
  path: "user/download/release",
  host: "mediaUrl",
  consumesDownload: true,
  params: { releaseId: id, formatId: optional(id), errorUrl: optional(text) },
});
