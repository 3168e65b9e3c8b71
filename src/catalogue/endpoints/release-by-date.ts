/** release/bydate: releases of a range of days, both inclusive; today when left out. */
import { endpoint } from "../../upstream/endpoint.js";
import { inside } from "../../upstream/xml/decode.js";
import { day, optional } from "../../upstream/request/params.js";
import { page, pageParams } from "../../shared/page.js";
import { listedRelease } from "../decoders.js";

export const releaseByDate = endpoint({
  path: "release/bydate",
  auth: "key",
  effect: "read",
  params: { fromDate: optional(day), toDate: optional(day), ...pageParams },
  result: inside("releases", page("release", listedRelease)),
});
