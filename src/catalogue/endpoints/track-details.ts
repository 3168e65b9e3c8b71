/** track/details: all that 7digital tells of one track, on the release it chooses to show it on. */
import { endpoint } from "../../upstream/endpoint.js";
import { inside } from "../../upstream/decode.js";
import { id } from "../../upstream/params.js";
import { track } from "../decoders.js";

export const trackDetails = endpoint({
  path: "track/details",
  auth: "key",
  effect: "read",
  params: { trackId: id },
  result: inside("track", track),
});
