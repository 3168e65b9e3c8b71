/** release/details: all that 7digital has of one release. */
import { endpoint } from "../../upstream/endpoint.js";
import { inside } from "../../upstream/xml/decode.js";
import { id } from "../../upstream/request/params.js";
import { release } from "../decoders.js";

export const releaseDetails = endpoint({
  path: "release/details",
  auth: "key",
  effect: "read",
  params: { releaseId: id },
  result: inside("release", release),
});
