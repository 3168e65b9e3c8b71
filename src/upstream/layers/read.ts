/** Believes or refuses an answer: from text to the decoded value, or to a typed error. */
import { readAnswer } from "../envelope.js";
import type { Answer, Layer, WireAnswer } from "../pipeline.js";

/** @param secrets What no error may repeat. */
export function read(secrets: readonly string[]): Layer<WireAnswer, Answer> {
  return (next) => async (call) => {
    const answer = await next(call);
    const { endpoint, store, user } = call;
    const hasToken = user === undefined || "token" in user;
    const value = readAnswer(endpoint, answer, { store, hasToken, secrets });
    return { value, cacheControl: answer.header("cache-control"), httpStatus: answer.httpStatus };
  };
}
