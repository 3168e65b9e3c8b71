/** Turns the text of a response into the decoded value, or into a typed error. */
import type { Ambient } from "../client.js";
import { readAnswer } from "./envelope.js";
import { UpstreamError } from "../errors.js";
import { retryAt } from "../wire/header-values.js";
import type { Answer, Layer, WireAnswer } from "../pipeline.js";
import { Reading } from "./reading.js";

interface DecodeOptions extends Pick<Ambient, "now" | "noticed"> {
  /** What no error may hold. */
  readonly secrets: readonly string[];
}

export function decodeResponse({ secrets, now, noticed }: DecodeOptions): Layer<WireAnswer, Answer> {
  return (next) => async (call) => {
    const answer = await next(call);
    const { httpStatus, header } = answer;
    const { endpoint, store, user } = call;
    const hasToken = user === undefined || "token" in user;
    const reading = new Reading(endpoint.path);
    try {
      return { value: readAnswer(endpoint, answer, { store, hasToken, secrets, reading }), header, httpStatus };
    } catch (error) {
      throw withRetryAfter(error, answer, now());
    } finally {
      if (reading.size > 0) noticed?.(reading);
    }
  };
}

/** The error with the time of `Retry-After`. */
function withRetryAfter(error: unknown, { httpStatus, header }: WireAnswer, nowMs: number): unknown {
  const resetAtMs = httpStatus < 400 ? undefined : retryAt(header("retry-after"), nowMs);
  if (!(error instanceof UpstreamError) || resetAtMs === undefined || resetAtMs <= nowMs) return error;
  return error.with({ resetAtMs });
}
