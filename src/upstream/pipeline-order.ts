/** The layers that a call goes through, in their order. */
import { handOver, shareAnswers, type Cache, type Served } from "./cache/cache.js";
import type { Ambient, ClientOptions } from "./client.js";
import { breaker, type Breakers } from "./limits/breaker.js";
import { bulkhead, type Bulkhead } from "./limits/bulkhead.js";
import { deadline } from "./limits/deadline.js";
import { quota } from "./limits/quota-layer.js";
import type { QuotaTracker } from "./limits/quota.js";
import { retry } from "./limits/retry.js";
import { stack, type Answer, type Layer, type Send, type WireAnswer } from "./pipeline.js";
import type { Clock } from "./request/clock.js";
import type { Signer } from "./request/oauth.js";
import { sign, type Transports } from "./request/sign.js";
import { clockSkew } from "./wire/clock-skew.js";
import { observe } from "./wire/observe.js";
import { trace } from "./wire/trace.js";
import { decodeResponse } from "./xml/decode-response.js";

/** What all calls share. */
export interface Parts {
  readonly cache: Cache;
  readonly quota: QuotaTracker;
  readonly clock: Clock;
  readonly signer: Signer;
  readonly breakers: Breakers;
  readonly bulkheads: { readonly ordinary: Bulkhead; readonly money: Bulkhead };
  readonly transports: Transports;
}

/** The ways of a call. */
export interface Pipeline {
  readonly send: Send<Served>;
  /** Without the cache: for an item that has been through it. */
  readonly sendOne: Send<Answer>;
  /** For a batch of such items. */
  readonly sendSeveral: Send<Answer>;
}

/** Cache → deadline → shared answers, if there are any → retry (not for money) → one try. */
export function createPipeline(options: ClientOptions, ambient: Ambient, { cache, ...parts }: Parts): Pipeline {
  const decode = decodeResponse({ ...ambient, secrets: [options.consumerKey, options.consumerSecret] });
  const once = oneTry(options, ambient, { ...parts, decode });
  const { sharedAnswers: store, now } = ambient;
  const shared = store === undefined ? [] : [shareAnswers({ ...options, store, decode, now })];
  const ordinary = stack([deadline(options.timeoutMs), ...shared, retry(ambient)], once);
  const money = deadline<Answer>(options.purchaseTimeoutMs)(once);
  const sendOne: Send<Answer> = (call) => (call.endpoint.effect === "money" ? money(call) : ordinary(call));
  return { send: cache.around(sendOne), sendOne, sendSeveral: cache.remembering(ordinary) };
}

type TryParts = Omit<Parts, "cache"> & { readonly decode: Layer<WireAnswer, Answer> };

/** Trace → observe → breaker → decode → quota → bulkhead → clock skew → sign and send. What rejects at once comes before the bulkhead, where calls
 *  queue; what only watches comes first. */
function oneTry(options: ClientOptions, ambient: Ambient, { decode, ...parts }: TryParts): Send<Answer> {
  const { now, tracer } = ambient;
  const { breakers, bulkheads, clock, signer, transports } = parts;
  const handedOver = ambient.sharedAnswers === undefined ? [] : [handOver()];
  const wire = [...handedOver, quota(parts.quota, now), bulkhead<WireAnswer>(bulkheads.ordinary, bulkheads.money), clockSkew(clock)];
  const watch = [...(tracer === undefined ? [] : [trace(tracer)]), observe(ambient)];
  return stack([...watch, breaker(breakers)], decode(stack(wire, sign({ ...options, signer }, transports))));
}
