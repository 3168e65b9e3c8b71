/** Remembers reads that fail because of the item itself: its answer cannot be read, or the server fails at it. For some seconds the same read
 *  then makes no call (see caching-client.ts). Critical calls are neither remembered nor spared. */
import { UpstreamError } from "../errors.js";
import type { Answer, Call, Layer, Send } from "../pipeline.js";
import { scopesOf } from "../request/call-key.js";
import type { RecentFailures } from "./recent-failures.js";

export function rememberFailures(failures: RecentFailures, now: () => number): Layer<Answer> {
  return (next) => async (call) => {
    if (call.endpoint.effect === "read") return read(failures, now, next, call);
    try {
      return await next(call);
    } finally {
      failures.deleteScopes(scopesOf(call));
    }
  };
}

async function read(failures: RecentFailures, now: () => number, next: Send<Answer>, call: Call): Promise<Answer> {
  const { key, critical } = call;
  const suspect = !critical && failures.begin(key, now());
  try {
    const answer = await next({ ...call, suspect });
    failures.delete(key);
    return answer;
  } catch (error) {
    if (!critical && error instanceof UpstreamError && isItemFault(error)) failures.set(key, error, scopesOf(call), now());
    else if (suspect) failures.delete(key);
    throw error;
  }
}

/** Whether the same read would fail the same way. */
function isItemFault(error: UpstreamError): boolean {
  const { traits, httpStatus, sevendigitalCode, notSent } = error;
  if (notSent || traits.cached !== "ifItemFault") return !notSent && traits.cached === "briefly";
  const isForbidden = httpStatus === 403 && sevendigitalCode === undefined;
  return error.isServerFault || isForbidden;
}
