/** tag: all tags, most used first. */
import { endpoint } from "../../upstream/endpoint.js";
import { inside } from "../../upstream/xml/decode.js";
import { page, pageParams } from "../../shared/page.js";
import { listedTag } from "../decoders.js";

export const tag = endpoint({
  path: "tag",
  auth: "key",
  effect: "read",
  params: { ...pageParams },
  result: inside("tags", page("tag", listedTag)),
});
