/** Believes or refuses an answer: from text to the decoded value, or to a typed error. */
import { readAnswer } from "../envelope.js";
import type { Answer, Layer, WireAnswer } from "../pipeline.js";

export const read: Layer<WireAnswer, Answer> = (next) => async (call) => {
  const answer = await next(call);
  return { value: readAnswer(call.endpoint, answer, call.store), cacheControl: answer.header("cache-control") };
};
