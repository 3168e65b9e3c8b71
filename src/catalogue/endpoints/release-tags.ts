/** release/tags: the tags of one release. */
import { endpoint } from "../../upstream/endpoint.js";
import { inside } from "../../upstream/xml/decode.js";
import { id } from "../../upstream/request/params.js";
import { page, pageParams } from "../../shared/page.js";
import { listedTag } from "../decoders.js";

export const releaseTags = endpoint({
  path: "release/tags",
  auth: "key",
  effect: "read",
  params: { releaseId: id, ...pageParams },
  result: inside("tags", page("tag", listedTag)),
});
