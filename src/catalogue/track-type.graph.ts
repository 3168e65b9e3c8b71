/** Types of tracks in the graph. */
import { builder } from "../graph/builder.js";

export const trackType = builder.enumType("TrackType", {
  description: "Type of a track: what kind of file it is.",
  values: {
    AUDIO: { value: "audio", description: "Music or speech." },
    VIDEO: { value: "video", description: "A music video." },
    PDF: { value: "pdf", description: "A document, e.g. a booklet." },
    OTHER: { value: "other", description: "Any other type, or 7digital does not send one." },
  } as const,
});

/** Reads a type as answers write it: "audio", in later ones "Audio". */
export function trackTypeOf(written: string): "audio" | "video" | "pdf" | "other" {
  const lower = written.toLowerCase();
  return lower === "audio" || lower === "video" || lower === "pdf" ? lower : "other";
}
