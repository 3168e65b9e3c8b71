/** release/bytag/new: releases that carry all the tags, newest first. */
import { endpoint } from "../../upstream/endpoint.js";
import { inside } from "../../upstream/xml/decode.js";
import { commaSeparated, text } from "../../upstream/request/params.js";
import { page, pageParams } from "../../shared/page.js";
import { taggedRelease } from "../decoders.js";

export const releaseByTagNew = endpoint({
  path: "release/bytag/new",
  auth: "key",
  effect: "read",
  params: { tags: commaSeparated(text), ...pageParams },
  result: inside("taggedResults", page("taggedItem", taggedRelease)),
});
