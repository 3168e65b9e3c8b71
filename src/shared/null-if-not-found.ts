import { UpstreamError } from "../upstream/errors.js";
import type { MaybePromise } from "./maybe-promise.js";

/** The answer, or null where 7digital says that there is no such object. Rejects with any other failure. */
export function nullIfNotFound<T>(answer: MaybePromise<T>): MaybePromise<T | null> {
  if (!(answer instanceof Promise)) return answer;
  return answer.catch((error: unknown) => {
    if (error instanceof UpstreamError && error.code === "NOT_FOUND") return null;
    throw error;
  });
}
