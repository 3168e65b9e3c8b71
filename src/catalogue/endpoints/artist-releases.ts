/** artist/releases: an artist's releases, of one type or of all. */
import { endpoint } from "../../upstream/endpoint.js";
import { inside } from "../../upstream/xml/decode.js";
import { id, optional, word } from "../../upstream/request/params.js";
import { page, pageParams } from "../../shared/page.js";
import { listedRelease } from "../decoders.js";

export const artistReleases = endpoint({
  path: "artist/releases",
  auth: "key",
  effect: "read",
  params: { artistId: id, type: optional(word<"album" | "single" | "video">()), ...pageParams },
  result: inside("releases", page("release", listedRelease)),
});
