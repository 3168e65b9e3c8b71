/** track/search: tracks that match the words. */
import { endpoint } from "../../upstream/endpoint.js";
import { inside } from "../../upstream/xml/decode.js";
import { text } from "../../upstream/request/params.js";
import { page, pageParams } from "../../shared/page.js";
import { trackMatch } from "../decoders.js";

export const trackSearch = endpoint({
  path: "track/search",
  auth: "key",
  effect: "read",
  params: { q: text, ...pageParams },
  result: inside("searchResults", page("searchResult", trackMatch)),
});
