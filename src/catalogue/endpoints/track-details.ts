/** track/details: all that 7digital has of one track, on a release that 7digital chooses. */
import { endpoint } from "../../upstream/endpoint.js";
import { inside } from "../../upstream/xml/decode.js";
import { id } from "../../upstream/request/params.js";
import { track } from "../decoders.js";

export const trackDetails = endpoint({
  path: "track/details",
  auth: "key",
  effect: "read",
  params: { trackId: id },
  result: inside("track", track),
});
