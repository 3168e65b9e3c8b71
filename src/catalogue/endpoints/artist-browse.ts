/** artist/browse: artists whose names begin with the letters. */
import { endpoint } from "../../upstream/endpoint.js";
import { inside } from "../../upstream/xml/decode.js";
import { text } from "../../upstream/request/params.js";
import { page, pageParams } from "../../shared/page.js";
import { listedArtist } from "../decoders.js";

export const artistBrowse = endpoint({
  path: "artist/browse",
  auth: "key",
  effect: "read",
  params: { letter: text, ...pageParams },
  result: inside("artists", page("artist", listedArtist)),
});
