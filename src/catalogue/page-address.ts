/** Addresses of pages in 7digital's stores: /artist/keane/release/hopes-and-fears and, before 2013, /artists/keane/hopes-and-fears/. */
import { badUserInput } from "../shared/client-error.js";

export interface PageSlugs {
  readonly artistSlug: string;
  /** Undefined on the page of an artist. */
  readonly releaseSlug: string | undefined;
}

const slug = /^[^\p{Cc}\p{Cs}]{1,200}$/u;

/** @param url Absolute, of any store: hosts differ between countries and partners. @returns Undefined for any other address. */
export function findSlugs(url: string): PageSlugs | undefined {
  const [kind = "", artistSlug = "", ...rest] = segmentsOf(url);
  const releaseSlug = rest[0] === "release" ? rest[1] : kind.toLowerCase() === "artists" ? rest[0] : undefined;
  const isPage = /^artists?$/i.test(kind) && slug.test(artistSlug) && (releaseSlug === undefined || slug.test(releaseSlug));
  return isPage ? { artistSlug, releaseSlug } : undefined;
}

/** @throws ClientError BAD_USER_INPUT for any other address. */
export function slugsOf(argument: string, url: string): PageSlugs {
  const slugs = findSlugs(url);
  if (slugs !== undefined) return slugs;
  const expected = 'Expected ".../artist/keane/release/under-the-iron-sea".';
  throw badUserInput(argument, `Not the address of a page for an artist or release. ${expected}`);
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
