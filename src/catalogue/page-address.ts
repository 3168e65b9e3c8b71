/** Addresses of pages in 7digital's stores: /artist/keane/release/hopes-and-fears and, in earlier years, /artists/keane/hopes-and-fears/. */
import { badUserInput } from "../shared/client-error.js";

export interface PageSlugs {
  readonly artistSlug: string;
  /** Undefined on the page of an artist. */
  readonly releaseSlug: string | undefined;
}

const slug = /^[^\p{Cc}\p{Cs}]{1,200}$/u;

/** @param url Of any store: hosts differ between countries and partners. @throws ClientError BAD_USER_INPUT */
export function slugsOf(argument: string, url: string): PageSlugs {
  const [kind = "", artistSlug = "", ...rest] = segmentsOf(url);
  const releaseSlug = rest[0] === "release" ? rest[1] : kind === "artists" ? rest[0] : undefined;
  const isPage = /^artists?$/i.test(kind) && slug.test(artistSlug) && (releaseSlug === undefined || slug.test(releaseSlug));
  if (!isPage)
    throw badUserInput(
      argument,
      'Not the address of a page for an artist or release. Expected ".../artist/keane/release/under-the-iron-sea".',
    );
  return { artistSlug, releaseSlug };
}

/** None where they cannot be decoded. */
function segmentsOf(url: string): readonly string[] {
  const { pathname } = new URL(url);
  try {
    return pathname.split("/").filter(Boolean).map(decodeURIComponent);
  } catch {
    return [];
  }
}
