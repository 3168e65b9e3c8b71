/** artist/toptracks: an artist's most popular tracks. */
import { endpoint } from "../../upstream/endpoint.js";
import { inside } from "../../upstream/xml/decode.js";
import { id } from "../../upstream/request/params.js";
import { page, pageParams } from "../../shared/page.js";
import { listedTrack } from "../decoders.js";

export const artistTopTracks = endpoint({
  path: "artist/toptracks",
  auth: "key",
  effect: "read",
  params: { artistId: id, ...pageParams },
  result: inside("tracks", page("track", listedTrack)),
});
