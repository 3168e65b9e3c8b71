/** The clip of a track on the host that serves clips since 2014. The API document does not have it. */
import { mediaLink, type MediaLink } from "./link.js";

export function clipOf(trackId: string): MediaLink<object> {
  return mediaLink({ path: `clip/${trackId}`, host: "previewUrl", consumesDownload: false, params: {} });
}
