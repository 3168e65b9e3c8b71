/** artist/tags: the tags of one artist. */
import { endpoint } from "../../upstream/endpoint.js";
import { inside } from "../../upstream/xml/decode.js";
import { id } from "../../upstream/request/params.js";
import { page, pageParams } from "../../shared/page.js";
import { listedTag } from "../decoders.js";

export const artistTags = endpoint({
  path: "artist/tags",
  auth: "key",
  effect: "read",
  params: { artistId: id, ...pageParams },
  result: inside("tags", page("tag", listedTag)),
});
