/** artist/details: all that 7digital tells of one artist. */
import { endpoint } from "../../upstream/endpoint.js";
import { inside } from "../../upstream/decode.js";
import { id } from "../../upstream/params.js";
import { artist } from "../decoders.js";

export const artistDetails = endpoint({
  path: "artist/details",
  auth: "key",
  effect: "read",
  params: { artistId: id },
  result: inside("artist", artist),
});
