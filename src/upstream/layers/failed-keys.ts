/** Remembers reads that failed for a reason that lies in what was asked: an answer that can not be read, or a server that fails at this item.
 *  Asking again within some seconds then makes no call (see sharing-client.ts). What money depends on is neither remembered nor spared. */
import { scopesOf } from "../call-key.js";
import { UpstreamError } from "../errors.js";
import type { Answer, Call, Layer, Send } from "../pipeline.js";
import type { RecentFailures } from "../recent-failures.js";

export function failedKeys(failures: RecentFailures, now: () => number): Layer<Answer> {
  return (next) => async (call) => {
    if (call.endpoint.effect === "read") return read(failures, now, next, call);
    try {
      return await next(call);
    } finally {
      failures.forgetScopes(scopesOf(call));
    }
  };
}

async function read(failures: RecentFailures, now: () => number, next: Send<Answer>, call: Call): Promise<Answer> {
  const { key, exempt } = call;
  const suspect = !exempt && failures.begin(key, now());
  try {
    const answer = await next({ ...call, suspect });
    failures.forget(key);
    return answer;
  } catch (error) {
    if (!exempt && error instanceof UpstreamError && liesInTheKey(error)) failures.failed(key, error, scopesOf(call), now());
    else if (suspect) failures.forget(key);
    throw error;
  }
}

/** Refused credentials, a spent allowance and failures on the way say nothing about what was asked. */
function liesInTheKey(error: UpstreamError): boolean {
  const { code, httpStatus, sevendigitalCode, notSent } = error;
  if (notSent) return false;
  const isBareRefusal = code === "UPSTREAM_ERROR" && httpStatus === 403 && sevendigitalCode === undefined;
  return code === "UPSTREAM_BAD_RESPONSE" || error.isServerFault || isBareRefusal;
}
