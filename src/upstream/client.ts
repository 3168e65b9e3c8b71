/** The way to 7digital: stacks the layers, and serves what is remembered without entering them. */
import { AnswerStore, useOf } from "./answer-store.js";
import type { Endpoint } from "./endpoint.js";
import { coalesce } from "./layers/coalesce.js";
import { deadline } from "./layers/deadline.js";
import { quota } from "./layers/quota.js";
import { read } from "./layers/read.js";
import { retry } from "./layers/retry.js";
import { sharedCache } from "./layers/shared-cache.js";
import { sign } from "./layers/sign.js";
import { createSigner } from "./oauth.js";
import { stack, type Send } from "./pipeline.js";
import { Allowance, type Quota } from "./quota.js";
import { createRequestBuilder, type SharedKey } from "./request.js";
import type { Session } from "./session.js";
import { createTransport, type Transport } from "./transport.js";

export interface ClientOptions {
  /** http(s)://host[:port]/1.2 */
  readonly baseUrl: string;
  readonly consumerKey: string;
  readonly consumerSecret: string;
  /** For a whole call, from asking for a connection to the last byte, a second try included. */
  readonly timeoutMs: number;
  readonly maxConnections: number;
  /** What remembered answers may take on the heap; 0 remembers nothing. */
  readonly cacheBytes: number;
  /** The most bytes of one body, as sent and inflated. */
  readonly maxAnswerBytes: number;
}

/** What the client may not take from its surroundings by itself. */
export interface Ambient {
  /** Epoch milliseconds. */
  now(): number;
  /** Never the same twice, not to be guessed, ASCII. */
  nonce(): string;
  /** In [0, 1). */
  random(): number;
}

export interface Client {
  /** The value itself when the shared cache may serve it, otherwise a promise.
   *  Failures are always rejections, never thrown: @throws UpstreamError */
  call<P, R>(endpoint: Endpoint<P, R>, params: P, session: Session): R | Promise<R>;
  /** What the shared cache holds fresh, without any call; undefined where it holds no such value. Never throws. */
  peek<P, R>(endpoint: Endpoint<P, R>, params: P, session: Session): R | undefined;
  /** The allowance as 7digital last told it; undefined before it told. */
  quota(): Quota | undefined;
  /** Resolves when all calls under way have ended. */
  close(): Promise<void>;
}

export function createClient(options: ClientOptions, ambient: Ambient): Client {
  const requests = createRequestBuilder();
  const store = new AnswerStore(options.cacheBytes);
  const allowance = new Allowance();
  const transport = createTransport({ ...options, origin: new URL(options.baseUrl).origin });
  const send = layers(options, ambient, { store, allowance, transport });

  async function ask<P, R>(endpoint: Endpoint<P, R>, params: P, session: Session, sharedKey?: SharedKey): Promise<R> {
    return (await send({ endpoint, pairs: requests.pairs(endpoint, params, session), store: session.store, sharedKey })) as R;
  }

  /** Undefined also for parameters that can not be sent: asking tells why. */
  function keyOf<P, R>(endpoint: Endpoint<P, R>, params: P, session: Session): SharedKey | undefined {
    try {
      return requests.sharedKey(endpoint, params, session);
    } catch {
      return undefined;
    }
  }

  return {
    call<P, R>(endpoint: Endpoint<P, R>, params: P, session: Session): R | Promise<R> {
      const key = keyOf(endpoint, params, session);
      const nowMs = ambient.now();
      const held = key === undefined ? undefined : store.find(key, nowMs);
      const use = held === undefined ? "lastResort" : useOf(held, nowMs);
      if (held === undefined || use === "lastResort") return ask(endpoint, params, session, key);
      // An error dropped here is told to whoever asks once the stale value may no longer be served.
      if (use === "renew") ask(endpoint, params, session, key).catch(() => undefined);
      return held.failure === undefined ? (held.value as R) : Promise.reject(held.failure);
    },

    peek<P, R>(endpoint: Endpoint<P, R>, params: P, session: Session): R | undefined {
      const key = keyOf(endpoint, params, session);
      const nowMs = ambient.now();
      const held = key === undefined ? undefined : store.find(key, nowMs);
      return held !== undefined && nowMs < held.freshUntilMs ? (held.value as R | undefined) : undefined;
    },

    quota: () => allowance.quota,
    close: () => transport.close(),
  };
}

interface Parts {
  readonly store: AnswerStore;
  readonly allowance: Allowance;
  readonly transport: Transport;
}

/** What a call that has to be made goes through, innermost first. */
function layers(options: ClientOptions, ambient: Ambient, { store, allowance, transport }: Parts): Send<unknown> {
  const { baseUrl, consumerKey, consumerSecret, timeoutMs } = options;
  const now = (): number => ambient.now();
  const random = (): number => ambient.random();
  const signer = createSigner({ consumerKey, consumerSecret, now, nonce: () => ambient.nonce() });

  const signed = sign({ baseUrl, consumerKey, signer }, transport);
  const believed = read(quota(allowance, now)(signed));
  const patient = stack([deadline(timeoutMs), retry({ now, random })], believed);
  return stack([coalesce()], sharedCache(store, now)(patient));
}
