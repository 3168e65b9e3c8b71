/** Believes or refuses an answer: from text to the decoded value, or to a typed error. */
import { readAnswer } from "../envelope.js";
import { UpstreamError } from "../errors.js";
import { retryAt } from "../header-values.js";
import type { Answer, Layer, WireAnswer } from "../pipeline.js";
import { Reading } from "../reading.js";

interface ReadOptions {
  /** What no error may repeat. */
  readonly secrets: readonly string[];
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Told of every answer that differs from what is known. */
  readonly noticed: (reading: Reading) => void;
}

export function read({ secrets, now, noticed }: ReadOptions): Layer<WireAnswer, Answer> {
  return (next) => async (call) => {
    const answer = await next(call);
    const { httpStatus, header } = answer;
    const { endpoint, store, user } = call;
    const hasToken = user === undefined || "token" in user;
    const reading = new Reading(endpoint.path);
    try {
      return { value: readAnswer(endpoint, answer, { store, hasToken, secrets, reading }), header, httpStatus };
    } catch (error) {
      throw notBefore(error, answer, now());
    } finally {
      if (reading.size > 0) noticed(reading);
    }
  };
}

/** With the time before which it is not to be tried again. */
function notBefore(error: unknown, { httpStatus, header }: WireAnswer, nowMs: number): unknown {
  const resetAtMs = httpStatus < 400 ? undefined : retryAt(header("retry-after"), nowMs);
  if (!(error instanceof UpstreamError) || resetAtMs === undefined || resetAtMs <= nowMs) return error;
  return error.with({ resetAtMs });
}
