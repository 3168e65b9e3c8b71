/** artist/details: all that 7digital has of one artist. */
import { endpoint } from "../../upstream/endpoint.js";
import { inside } from "../../upstream/xml/decode.js";
import { id } from "../../upstream/request/params.js";
import { artist } from "../decoders.js";

export const artistDetails = endpoint({
  path: "artist/details",
  auth: "key",
  effect: "read",
  params: { artistId: id },
  result: inside("artist", artist),
});
