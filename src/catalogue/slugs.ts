/** Names of artists and releases in the URLs of 7digital's store. Later answers have it in the place of the address, which earlier ones have. */
import { mapPresent } from "../shared/map-present.js";
import type { Unreadable } from "../upstream/xml/unreadable.js";
import type { ArtistFacts, ReleaseFacts, TrackFacts } from "./decoders.js";
import { findSlugs, type PageSlugs } from "./page-address.js";

type Slug = string | Unreadable | null | undefined;

export function artistSlugOf(artist: Pick<ArtistFacts, "slug" | "url">): Slug {
  return slugIn(artist, "artistSlug");
}

export function releaseSlugOf(release: Pick<ReleaseFacts, "slug" | "url">): Slug {
  return slugIn(release, "releaseSlug");
}

/** That of its release: a track has no page of its own. */
export function trackSlugOf(track: Pick<TrackFacts, "slug" | "url" | "release">): Slug {
  const own = slugIn(track, "releaseSlug");
  return own === undefined ? mapPresent(track.release, releaseSlugOf) : own;
}

function slugIn({ slug, url }: Pick<ReleaseFacts, "slug" | "url">, name: keyof PageSlugs): Slug {
  if (slug !== undefined) return slug;
  return mapPresent(url, (address: string) => findSlugs(address)?.[name] ?? null);
}
