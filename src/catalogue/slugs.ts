/** Names of artists and releases in the URLs of 7digital's shop. Later answers have it in the place of the address, which earlier
 *  ones have: "/artist/keane/release/strangeland/", before 2013 "/artists/keane/strangeland/". */
import { mapPresent } from "../shared/map-present.js";
import type { Unreadable } from "../upstream/xml/unreadable.js";
import type { ArtistFacts, ReleaseFacts, TrackFacts } from "./decoders.js";

type Slug = string | Unreadable | null | undefined;

const ofArtist = /^https?:\/\/[^/]+\/artists?\/([^/?#]+)/i;
const ofRelease = /^https?:\/\/[^/]+\/artists?\/[^/?#]+\/(?:release\/)?([^/?#]+)/i;

export function artistSlugOf(artist: Pick<ArtistFacts, "slug" | "url">): Slug {
  return slugIn(artist, ofArtist);
}

export function releaseSlugOf(release: Pick<ReleaseFacts, "slug" | "url">): Slug {
  return slugIn(release, ofRelease);
}

/** That of its release: a track has no page of its own. */
export function trackSlugOf(track: Pick<TrackFacts, "slug" | "url" | "release">): Slug {
  const own = slugIn(track, ofRelease);
  return own === undefined ? mapPresent(track.release, releaseSlugOf) : own;
}

function slugIn({ slug, url }: Pick<ReleaseFacts, "slug" | "url">, pattern: RegExp): Slug {
  if (slug !== undefined) return slug;
  return mapPresent(url, (address: string) => pattern.exec(address)?.[1] ?? null);
}
