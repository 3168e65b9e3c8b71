/** The method for lockers. @see API document, "Locker" */
import { endpoint } from "../upstream/endpoint.js";
import { page, pageParams } from "../shared/page.js";
import { id, optional, text } from "../upstream/request/params.js";
import { inside } from "../upstream/xml/decode.js";
import { listedLockerRelease } from "./decoders.js";

/** user/locker: all that a user owns, by release. It belongs to the user, so it is neither kept nor shared. */
export const userLocker = endpoint({
  path: "user/locker",
  auth: "user",
  effect: "read",
  params: { releaseId: optional(id), trackId: optional(id), purchaseId: optional(id), sort: optional(text), ...pageParams },
  result: inside("locker", inside("lockerReleases", page("lockerRelease", listedLockerRelease))),
});
