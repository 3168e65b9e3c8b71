/** What the facts of artists, releases and tracks mean, in both shapes that 7digital writes them in. */
import { mapPresent } from "../shared/map-present.js";
import { ifReadable, isReadable, Unreadable } from "../upstream/xml/unreadable.js";
import type { Streaming } from "../shared/price.js";
import { isForStreamingOnly, type Priced } from "../shared/price-reading.js";
import type { ArtistFacts, ReleaseFacts, TrackFacts } from "./decoders.js";

/** How an item credits its artist. */
export function creditOf(artist: ArtistFacts | Unreadable | null | undefined): string | Unreadable | null | undefined {
  return mapPresent(artist, ({ appearsAs }: ArtistFacts) => appearsAs);
}

/** The credit of an item without one of its own. */
export function artistNameOf({ artist }: Pick<ReleaseFacts, "artist">): string | Unreadable | null | undefined {
  return mapPresent(artist, ({ name }: ArtistFacts) => name);
}

/** Undefined where the track does not name its release, or not readably. */
export function releaseIdOf({ release }: TrackFacts): string | undefined {
  return ifReadable(release)?.releaseId;
}

/** Where it can be bought; null in answers of later years, which have a slug instead. */
export function shopPageOf({ url, slug }: Pick<ReleaseFacts, "url" | "slug">): ReleaseFacts["url"] {
  return url === undefined && slug !== undefined ? null : url;
}

/** The picture, but not one that 7digital puts where it has none. */
export function pictureOf({ image, isPlaceholderImage }: Pick<ArtistFacts, "image" | "isPlaceholderImage">): ArtistFacts["image"] {
  return isPlaceholderImage === true ? null : image;
}

/** When it can be downloaded; null where it is for streaming only. */
export function releaseDateOf(facts: ReleaseFacts): ReleaseFacts["releaseDate"] {
  const { releaseDate, download } = facts;
  if (releaseDate !== undefined) return releaseDate;
  return isForStreamingOnly(facts) ? null : download?.releaseDate;
}

/** When it was added to the catalogue; null in answers of later years, which have a slug and what it is used for, and not this. */
export function addedDateOf(facts: ReleaseFacts): ReleaseFacts["addedDate"] {
  const { addedDate, slug, url, download } = facts;
  const isLater = slug !== undefined && url === undefined && (download !== undefined || isForStreamingOnly(facts));
  return addedDate === undefined && isLater ? null : addedDate;
}

/** When it may be streamed: later answers have the dates for subscribers, and with advertisements, if they are asked for. */
export function streamingDateOf(facts: Pick<ReleaseFacts, StreamingDates>): ReleaseFacts["streamingReleaseDate"] {
  const { streamingReleaseDate, subscriptionStreaming, adSupportedStreaming } = facts;
  if (streamingReleaseDate !== undefined) return streamingReleaseDate;
  return mapPresent(subscriptionStreaming ?? adSupportedStreaming, ({ releaseDate }: Streaming) => releaseDate);
}

type StreamingDates = "streamingReleaseDate" | "subscriptionStreaming" | "adSupportedStreaming";

/** The same of a track. Some later answers have the slug of its release alone. */
export function trackPageOf(track: Pick<TrackFacts, "url" | "slug" | "release">): TrackFacts["url"] {
  const own = shopPageOf(track);
  const ofRelease = own === undefined ? ifReadable(track.release) : undefined;
  return ofRelease && shopPageOf(ofRelease) === null && ofRelease.url === undefined ? null : own;
}

/** The formats of the item itself or, in later answers, those of all its packages, each once. */
export function formatsOf(facts: Priced & Pick<ReleaseFacts, "formats">): ReleaseFacts["formats"] {
  const { formats, download } = facts;
  if (formats === undefined && isForStreamingOnly(facts)) return [];
  if (formats || !download?.packages) return formats;
  const all = download.packages.flatMap((offered) => {
    if (!isReadable(offered)) return [];
    return offered.formats ?? (offered.format && isReadable(offered.format) ? [offered.format] : []);
  });
  return [...new Map(all.map((format) => [format.formatId, format])).values()];
}

/** Whether one of the formats is free of DRM. Null in answers that have formats and leave it out, as later ones do. */
export function availableDrmFreeOf(facts: Priced & Pick<ReleaseFacts, "availableDrmFree" | "formats">): ReleaseFacts["availableDrmFree"] {
  const { availableDrmFree } = facts;
  return availableDrmFree === undefined && formatsOf(facts) !== undefined ? null : availableDrmFree;
}

/** Disc and position on it, both from 1. */
export interface DiscPosition {
  readonly disc: number | Unreadable;
  readonly number: number | Unreadable;
}

/** 7digital writes disc and position in one number: 1… on the first disc, 201… on the second, 1101… on the eleventh. Answers since
 *  2014 also have them apart. */
export function discPositionOf({ trackNumber, discNumber, number }: TrackFacts): DiscPosition | Unreadable | null | undefined {
  if (number && discNumber) return { disc: discNumber, number };
  if (trackNumber instanceof Unreadable) return trackNumber;
  if (!trackNumber) return trackNumber === undefined ? undefined : null;
  const disc = trackNumber > 200 && trackNumber % 100 !== 0 ? Math.floor(trackNumber / 100) : 1;
  const onThatDisc = disc > 1 && (discNumber instanceof Unreadable || (discNumber ?? disc) === disc);
  return { disc: discNumber ?? disc, number: onThatDisc ? trackNumber % 100 : trackNumber };
}
