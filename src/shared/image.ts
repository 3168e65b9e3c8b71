/** Pictures in other widths, without a call: the width is part of the file name, and all clients of 7digital rewrite it there. */

export interface Image {
  readonly url: string;
  /** Pixels; null where the file name has none. */
  readonly width: number | null;
  /** Pixels; null where it is not known. */
  readonly height: number | null;
  /** All widths that there are, in pixels; empty where there is one only. */
  readonly widths: readonly number[];
}

/** The sizes that pictures of one kind come in. */
export interface ImageSizes {
  /** Pixels, from the smallest. */
  readonly widths: readonly number[];
  readonly isSquare: boolean;
}

/** Of cover art. 350 always exists; 500 and 800 may be answered with a placeholder. */
export const coverSizes: ImageSizes = { widths: [33, 50, 100, 180, 182, 200, 350, 500, 800], isSquare: true };
/** Of pictures of artists. */
export const artistSizes: ImageSizes = { widths: [50, 150, 200], isSquare: false };

const widthInName = /_\d+(\.jpe?g)$/i;
/** Hosts of 7digital that serve the same pictures by https. */
const secureHosts = /^http:(?=\/\/(?:artwork-)?cdn\.7static\.com\/)/i;

/** The picture in the smallest width that is at least `width`, or the largest there is. */
export function imageOf(written: string, width: number, { widths, isSquare }: ImageSizes): Image {
  const url = written.replace(secureHosts, "https:");
  if (!widthInName.test(url)) return { url, width: null, height: null, widths: [] };
  const best = widths.find((candidate) => candidate >= width) ?? widths.at(-1) ?? width;
  return { url: inWidth(url, best), width: best, height: isSquare ? best : null, widths };
}

/** All widths, as the `srcset` of an HTML image has them; null where there is one only. */
export function srcsetOf({ url, widths }: Image): string | null {
  return widths.length === 0 ? null : widths.map((pixels) => `${inWidth(url, pixels)} ${String(pixels)}w`).join(", ");
}

function inWidth(url: string, pixels: number): string {
  return url.replace(widthInName, `_${String(pixels)}$1`);
}
