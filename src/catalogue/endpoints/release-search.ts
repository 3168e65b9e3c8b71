/** release/search: releases that match the words, of some types or of all. */
import { endpoint } from "../../upstream/endpoint.js";
import { inside } from "../../upstream/xml/decode.js";
import { commaSeparated, optional, text, word } from "../../upstream/request/params.js";
import { page, pageParams } from "../../shared/page.js";
import { releaseMatch } from "../decoders.js";

export const releaseSearch = endpoint({
  path: "release/search",
  auth: "key",
  effect: "read",
  params: {
    q: text,
    type: optional(commaSeparated(word<"album" | "single" | "video">())),
    ...pageParams,
  },
  result: inside("searchResults", page("searchResult", releaseMatch)),
});
