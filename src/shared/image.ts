/** Pictures in other widths, without a call: the width is part of the file name, and all clients of 7digital rewrite it there. */

export interface Image {
  readonly url: string;
  /** Pixels; null where the file name has none. */
  readonly width: number | null;
}

/** Widths that exist for cover art, in pixels. 350 always does; 500 and 800 may be answered with a placeholder. */
export const coverWidths = [33, 50, 100, 180, 182, 200, 350, 500, 800] as const;
/** Widths that exist for pictures of artists, in pixels. */
export const artistWidths = [50, 150, 200] as const;

const widthInName = /_\d+(\.jpe?g)$/i;

/** The picture in the smallest width that is at least `width`, or the largest there is. */
export function imageOf(url: string, width: number, widths: readonly number[]): Image {
  const best = widths.find((candidate) => candidate >= width) ?? widths.at(-1) ?? width;
  return widthInName.test(url) ? { url: url.replace(widthInName, `_${String(best)}$1`), width: best } : { url, width: null };
}
