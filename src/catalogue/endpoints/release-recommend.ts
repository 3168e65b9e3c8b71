/** release/recommend: releases for those who like one release or one artist: exactly one of both ids. */
import { endpoint } from "../../upstream/endpoint.js";
import { inside } from "../../upstream/xml/decode.js";
import { id, optional } from "../../upstream/request/params.js";
import { page, pageParams } from "../../shared/page.js";
import { recommendedRelease } from "../decoders.js";

export const releaseRecommend = endpoint({
  path: "release/recommend",
  auth: "key",
  effect: "read",
  params: { releaseId: optional(id), artistId: optional(id), ...pageParams },
  result: inside("recommendations", page("recommendedItem", recommendedRelease)),
});
