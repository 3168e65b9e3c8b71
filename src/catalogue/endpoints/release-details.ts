/** release/details: all that 7digital tells of one release. */
import { endpoint } from "../../upstream/endpoint.js";
import { inside } from "../../upstream/decode.js";
import { id } from "../../upstream/params.js";
import { release } from "../decoders.js";

export const releaseDetails = endpoint({
  path: "release/details",
  auth: "key",
  effect: "read",
  params: { releaseId: id },
  result: inside("release", release),
});
