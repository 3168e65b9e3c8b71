/** artist/similar: artists like one artist. */
import { endpoint } from "../../upstream/endpoint.js";
import { inside } from "../../upstream/xml/decode.js";
import { id } from "../../upstream/request/params.js";
import { page, pageParams } from "../../shared/page.js";
import { listedArtist } from "../decoders.js";

export const artistSimilar = endpoint({
  path: "artist/similar",
  auth: "key",
  effect: "read",
  params: { artistId: id, ...pageParams },
  result: inside("artists", page("artist", listedArtist)),
});
