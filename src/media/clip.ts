/** The clip of a track on the host that has served clips since 2014, which the API document does not know yet. */
import { mediaLink, type MediaLink } from "./link.js";

export function clipOf(trackId: string): MediaLink<object> {
  return mediaLink({ path: `clip/${trackId}`, host: "previewUrl", consumesDownload: false, params: {} });
}
