/** release/tracks: the tracks of one release, in order. */
import { endpoint } from "../../upstream/endpoint.js";
import { inside } from "../../upstream/xml/decode.js";
import { id } from "../../upstream/request/params.js";
import { page, pageParams } from "../../shared/page.js";
import { listedTrack } from "../decoders.js";

export const releaseTracks = endpoint({
  path: "release/tracks",
  auth: "key",
  effect: "read",
  params: { releaseId: id, ...pageParams },
  result: inside("tracks", page("track", listedTrack)),
});
