/** track/preview: where a clip of 30 to 60 seconds can be heard. `redirect` is always false: by default
 *  7digital answers with a redirect to the clip. */
import { endpoint } from "../../upstream/endpoint.js";
import { inside } from "../../upstream/xml/decode.js";
import { flag, id } from "../../upstream/request/params.js";
import { httpUrl, needed } from "../../upstream/xml/values.js";

export const trackPreview = endpoint({
  path: "track/preview",
  auth: "key",
  effect: "read",
  params: { trackId: id, redirect: flag },
  result: inside("url", needed(httpUrl)),
});
