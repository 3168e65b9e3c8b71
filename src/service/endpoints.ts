/** Methods about the API itself. @see API document, "Status" */
import { endpoint } from "../upstream/endpoint.js";
import { child, inside, object } from "../upstream/xml/decode.js";
import { moment } from "../upstream/xml/values.js";

/** status: the time on 7digital's server. */
export const status = endpoint({
  path: "status",
  auth: "key",
  effect: "read",
  uncached: true,
  params: {},
  result: inside("serviceStatus", object({ serverTime: child("serverTime", moment) })),
});
