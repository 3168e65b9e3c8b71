/** How much lockers hold, as far as it matters to what an operation may cost. */

/** 7digital sets no limit. Larger releases are held by the limit on an operation's calls. */
export const usualTracks = 25;

/** In a purchase with more than one. */
export const usualReleases = 10;
