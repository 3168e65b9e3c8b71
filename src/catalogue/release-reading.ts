/** What the facts of artists, releases and tracks mean, in either shape 7digital has told them. */
import type { Format } from "../shared/format.js";
import type { Download } from "../shared/price.js";
import { whenTold } from "../shared/when-told.js";
import type { ArtistFacts, TrackFacts } from "./decoders.js";

/** How an item credits its artist. */
export function creditOf(artist: ArtistFacts | null | undefined): string | null | undefined {
  return whenTold(artist, ({ appearsAs }) => appearsAs);
}

interface InShop {
  readonly url?: string | null | undefined;
  readonly slug?: string | null | undefined;
}

/** Where it can be bought. Answers of later years tell a slug instead, and so that there is no address. */
export function shopPageOf({ url, slug }: InShop): string | null | undefined {
  return url === undefined && slug !== undefined ? null : url;
}

interface Downloadable {
  readonly formats?: readonly Format[] | null | undefined;
  readonly download?: Download | null | undefined;
}

/** Formats of their own or, in later answers, those of all packages together, each once. */
export function formatsOf({ formats, download }: Downloadable): readonly Format[] | null | undefined {
  if (formats || !download?.packages) return formats;
  const all = download.packages.flatMap((offered) => offered.formats ?? (offered.format ? [offered.format] : []));
  return [...new Map(all.map((format) => [format.formatId, format])).values()];
}

/** Disc and position on it, both from 1. */
export interface DiscPosition {
  readonly disc: number;
  readonly number: number;
}

/** 7digital writes disc and position in one number: 1… on the first disc, 201… on the second, 1101… on the eleventh. Answers since
 *  2014 tell them apart as well. */
export function discPositionOf({ trackNumber, discNumber, number }: TrackFacts): DiscPosition | null | undefined {
  if (number && discNumber) return { disc: discNumber, number };
  if (!trackNumber) return trackNumber === undefined ? undefined : null;
  const disc = trackNumber > 200 && trackNumber % 100 !== 0 ? Math.floor(trackNumber / 100) : 1;
  const onThatDisc = disc > 1 && (discNumber ?? disc) === disc;
  return { disc: discNumber ?? disc, number: onThatDisc ? trackNumber % 100 : trackNumber };
}
