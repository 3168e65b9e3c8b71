/** Types of releases in the graph. */
import { builder } from "../graph/builder.js";

const type = {
  ALBUM: { value: "album", description: "An album, a compilation or another longer collection." },
  SINGLE: { value: "single", description: "A single or EP." },
  VIDEO: { value: "video", description: "A music video." },
} as const;

export const releaseType = builder.enumType("ReleaseType", {
  description: "Type of a release.",
  values: { ...type, OTHER: { value: "other", description: "Any other type, or 7digital does not send one." } } as const,
});

/** 7digital filters by the types of its document only. */
export const releaseTypeFilter = builder.enumType("ReleaseTypeFilter", {
  description: "Type of a release, to filter lists by.",
  values: type,
});

/** All that `ReleaseTypeFilter` names. */
export const releaseTypes = Object.values(type).map(({ value }) => value);

/** Reads a type as answers write it: "Album", in early ones "album". */
export function releaseTypeOf(written: string): "album" | "single" | "video" | "other" {
  const lower = written.toLowerCase();
  return lower === "album" || lower === "single" || lower === "video" ? lower : "other";
}
