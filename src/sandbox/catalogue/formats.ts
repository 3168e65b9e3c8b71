/** File formats items are sold in. Format ids are 7digital's. */

import type { Era, Format, ReleaseType } from "../model.js";
import { falls, hash } from "./hash.js";

const mp3: Format = { id: 17, fileFormat: "MP3", bitRate: 320, drmFree: true, description: "MP3 320" };
const wma: Format = { id: 1, fileFormat: "WMA", bitRate: 192, drmFree: false, description: "WMA 192" };
const aac: Format = { id: 33, fileFormat: "AAC", bitRate: 320, drmFree: true, description: "AAC 320" };
const flac: Format = { id: 45, fileFormat: "FLAC", bitRate: null, drmFree: true, description: "FLAC" };
const hiRes: Format = { id: 51, fileFormat: "FLAC", bitRate: null, drmFree: true, description: "24-bit FLAC" };
const mp4: Format = { id: 12, fileFormat: "MP4", bitRate: null, drmFree: true, description: "MP4 video" };

export const premiumFormats: readonly Format[] = [flac];
export const hiResFormats: readonly Format[] = [hiRes];

/** What the standard price buys. */
export function formatsAt(releaseSeat: number, type: ReleaseType, era: Era): readonly Format[] {
  if (type === "Video") return [mp4];
  if (era === "price" && falls(51, releaseSeat, 20)) return [mp3, wma];
  return falls(52, releaseSeat, 15) ? [mp3, aac] : falls(53, releaseSeat, 40) ? [mp3, flac] : [mp3];
}

/** Most items are answered in the shape of 2012. */
export function eraAt(releaseSeat: number): Era {
  const share = hash(54, releaseSeat) % 20;
  return share < 13 ? "price" : share < 17 ? "both" : "packages";
}
