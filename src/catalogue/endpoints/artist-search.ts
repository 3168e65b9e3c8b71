/** artist/search: artists that match the words. `sort` is a column and a direction, "score desc" when left out. */
import { endpoint } from "../../upstream/endpoint.js";
import { inside } from "../../upstream/xml/decode.js";
import { optional, text } from "../../upstream/request/params.js";
import { page, pageParams } from "../../shared/page.js";
import { artistMatch } from "../decoders.js";

export const artistSearch = endpoint({
  path: "artist/search",
  auth: "key",
  effect: "read",
  params: { q: text, sort: optional(text), ...pageParams },
  result: inside("searchResults", page("searchResult", artistMatch)),
});
