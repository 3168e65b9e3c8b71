/** Believes or refuses an answer: from text to the decoded value, or to a typed error. */
import { readAnswer } from "../envelope.js";
import { UpstreamError } from "../errors.js";
import { retryAt } from "../header-values.js";
import type { Answer, Layer, WireAnswer } from "../pipeline.js";

/** @param secrets What no error may repeat. */
export function read(secrets: readonly string[], now: () => number): Layer<WireAnswer, Answer> {
  return (next) => async (call) => {
    const answer = await next(call);
    const { httpStatus, header } = answer;
    const { endpoint, store, user } = call;
    const hasToken = user === undefined || "token" in user;
    try {
      return { value: readAnswer(endpoint, answer, { store, hasToken, secrets }), header, httpStatus };
    } catch (error) {
      throw notBefore(error, answer, now());
    }
  };
}

/** With the time before which it is not to be tried again. */
function notBefore(error: unknown, { httpStatus, header }: WireAnswer, nowMs: number): unknown {
  const resetAtMs = httpStatus < 400 ? undefined : retryAt(header("retry-after"), nowMs);
  if (!(error instanceof UpstreamError) || resetAtMs === undefined || resetAtMs <= nowMs) return error;
  return error.with({ resetAtMs });
}
