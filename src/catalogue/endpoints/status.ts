/** status: the time on 7digital's server. */
import { endpoint } from "../../upstream/endpoint.js";
import { inside } from "../../upstream/xml/decode.js";
import { serviceStatus } from "../decoders.js";

export const status = endpoint({
  path: "status",
  auth: "key",
  effect: "read",
  uncached: true,
  params: {},
  result: inside("serviceStatus", serviceStatus),
});
