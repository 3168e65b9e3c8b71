/** artist/bytag/top: the most popular artists that carry all the tags. */
import { endpoint } from "../../upstream/endpoint.js";
import { inside } from "../../upstream/xml/decode.js";
import { commaSeparated, text } from "../../upstream/request/params.js";
import { page, pageParams } from "../../shared/page.js";
import { taggedArtist } from "../decoders.js";

export const artistByTagTop = endpoint({
  path: "artist/bytag/top",
  auth: "key",
  effect: "read",
  params: { tags: commaSeparated(text), ...pageParams },
  result: inside("taggedResults", page("taggedItem", taggedArtist)),
});
