/** Answers that all copies of the service share, between the cache of this process and 7digital. Only what all users may see passes through it. */
import { UpstreamError } from "../errors.js";
import type { Answer, Call, Layer, WireAnswer } from "../pipeline.js";
import { failureLifetime, lifetimeOf } from "./policy.js";
import { pack, unpack } from "./packed-answer.js";

/** A store of packed answers, by the keys of shared calls. It may lose any of them, and may not answer at all. */
export interface AnswerStore {
  /** The answer under a key, also where another copy is about to get it.
   *  @param isOver Whether it is still needed.
   *  @returns undefined where this copy is to make the call, and then to `keep` or `release`. */
  find(key: string, isOver: () => boolean): Promise<Buffer | undefined>;
  /** Keeps an answer for so long. */
  keep(key: string, packed: Buffer, forMs: number): void;
  /** There is no answer to keep, so that other copies wait no longer. */
  release(key: string): void;
}

interface SharingOptions {
  readonly store: AnswerStore;
  readonly decode: Layer<WireAnswer, Answer>;
  readonly maxAnswerBytes: number;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

export function shareAnswers({ store, decode, maxAnswerBytes, now }: SharingOptions): Layer<Answer> {
  /** @returns undefined for an answer that cannot be read. @throws UpstreamError where the answer is a failure */
  const decoded = async (packed: Buffer, call: Call): Promise<Answer | undefined> => {
    const answer = unpack(packed, { maxBytes: maxAnswerBytes, nowMs: now() });
    if (answer === undefined) return undefined;
    try {
      return await decode(() => Promise.resolve(answer))(call);
    } catch (error) {
      if (isNegative(error)) throw error;
      return undefined;
    }
  };

  return (next) => async (call) => {
    const { sharedKey: key, together, bypassCache, signal } = call;
    // Those of a batch are sent in the same moment.
    if (key === undefined || together !== undefined) return next(call);
    const packed = bypassCache ? undefined : await store.find(key, () => signal?.aborted === true);
    const found = packed && (await decoded(packed, call));
    if (found !== undefined) return found;
    let received: WireAnswer | undefined;
    const askedAtMs = now();
    const keep = (forMs: number | undefined): void => {
      if (received === undefined || forMs === undefined || !(forMs > 0)) store.release(key);
      else store.keep(key, pack(received, { askedAtMs, answeredAtMs: now() }), forMs);
    };
    try {
      const answer = await next({ ...call, received: (wire) => (received = wire) });
      keep(lifetimeOf(answer.header, { askedAtMs, answeredAtMs: now() })?.freshMs);
      return answer;
    } catch (error) {
      keep(isNegative(error) ? failureLifetime.freshMs : undefined);
      throw error;
    }
  };
}

/** Passes an answer of 7digital on to the layer that shares it, before it is decoded. */
export function handOver(): Layer<WireAnswer> {
  return (next) => async (call) => {
    const answer = await next(call);
    call.received?.(answer);
    return answer;
  };
}

function isNegative(error: unknown): boolean {
  return error instanceof UpstreamError && error.traits.cached === "negative";
}
