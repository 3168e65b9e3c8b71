/** Methods that say what a page of the 7digital store is about. They are not in the API document. */
import { text } from "../../upstream/request/params.js";
import { inside } from "../../upstream/xml/decode.js";
import { catalogueRead } from "../catalogue-read.js";
import { pagedArtist, release } from "../decoders.js";

/** catalogue/artist-byurl: the artist of a page, by the slug in its address. */
export const artistByUrl = catalogueRead({
  path: "catalogue/artist-byurl",
  params: { artistSlug: text },
  result: inside("artist", pagedArtist),
});

/** catalogue/release-byurl: the release of a page, by the slugs in its address. Recorded answers have its id, and nothing else that can be
 *  relied on. */
export const releaseByUrl = catalogueRead({
  path: "catalogue/release-byurl",
  params: { artistSlug: text, releaseSlug: text },
  result: inside("release", release),
});
