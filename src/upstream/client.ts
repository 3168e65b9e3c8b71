/** The way to 7digital: stacks the layers, and serves what is remembered without entering them. */
import { AnswerStore, useOf } from "./answer-store.js";
import { Clock } from "./clock.js";
import type { Endpoint } from "./endpoint.js";
import { clockSkew } from "./layers/clock-skew.js";
import { coalesce } from "./layers/coalesce.js";
import { deadline } from "./layers/deadline.js";
import { quota } from "./layers/quota.js";
import { read } from "./layers/read.js";
import { retry } from "./layers/retry.js";
import { sharedCache } from "./layers/shared-cache.js";
import { sign } from "./layers/sign.js";
import { createSigner, type Signer } from "./oauth.js";
import type { Pair } from "./percent-encoding.js";
import { stack, type Answer, type Send } from "./pipeline.js";
import { Allowance, type Quota } from "./quota.js";
import { createRequestBuilder, type SharedKey } from "./request.js";
import type { Session, UserCredential } from "./session.js";
import { createSingleUseTransport, createTransport } from "./transport.js";

export interface ClientOptions {
  /** http(s)://host[:port]/1.2 */
  readonly baseUrl: string;
  /** The same by https, for what is signed. */
  readonly secureBaseUrl: string;
  /** PEM of whom to trust there instead of the authorities that Node knows. */
  readonly ca?: string | undefined;
  readonly consumerKey: string;
  readonly consumerSecret: string;
  /** For a whole call, from asking for a connection to the last byte, a second try included. */
  readonly timeoutMs: number;
  /** The same for a call that spends money, which is worth waiting for. */
  readonly purchaseTimeoutMs: number;
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
  /** Asks whatever is remembered, and remembers the answer. */
  renew<P, R>(endpoint: Endpoint<P, R>, params: P, session: Session): Promise<R>;
  /** A URL for somebody else to fetch, signed now, with everything in its query. It is a secret: whoever has it may use it.
   *  @param url Absolute, without a query. */
  signedUrl(url: string, pairs: readonly Pair[], user?: UserCredential): string;
  /** What time it is at 7digital, in epoch milliseconds: our own, unless an answer proved that wrong. */
  now(): number;
  /** The allowance as 7digital last told it; undefined before it told. */
  quota(): Quota | undefined;
  /** Resolves when all calls under way have ended. */
  close(): Promise<void>;
}

export function createClient(options: ClientOptions, ambient: Ambient): Client {
  const { consumerKey, consumerSecret } = options;
  const requests = createRequestBuilder();
  const store = new AnswerStore(options.cacheBytes);
  const allowance = new Allowance();
  const clock = new Clock(() => ambient.now());
  const signer = createSigner({ consumerKey, consumerSecret, now: () => clock.now(), nonce: () => ambient.nonce() });
  const transports = createTransports(options);
  const send = layers(options, ambient, { store, allowance, clock, signer, transports });

  async function ask<P, R>(endpoint: Endpoint<P, R>, params: P, session: Session, sharedKey?: SharedKey): Promise<R> {
    const pairs = requests.pairs(endpoint, params, session);
    return (await send({ endpoint, pairs, store: session.store, user: session.user, sharedKey })) as R;
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

    renew: (endpoint, params, session) => ask(endpoint, params, session, keyOf(endpoint, params, session)),

    signedUrl(url, pairs, user) {
      if (user === undefined || "token" in user) return signer.signedUrl({ verb: "GET", url, pairs }, user?.token);
      return signer.signedUrl({ verb: "GET", url, pairs: [...pairs, ["userId", user.partnerUserId]] });
    },

    now: () => clock.now(),
    quota: () => allowance.quota,
    async close() {
      await Promise.all(Object.values(transports).map((transport) => transport.close()));
    },
  };
}

function createTransports({ baseUrl, secureBaseUrl, ...rest }: ClientOptions) {
  const options = { ...rest, ca: rest.ca };
  const secureOrigin = new URL(secureBaseUrl).origin;
  return {
    plain: createTransport({ ...options, origin: new URL(baseUrl).origin }),
    secure: createTransport({ ...options, origin: secureOrigin }),
    money: createSingleUseTransport({ ...options, origin: secureOrigin }),
  };
}

interface Parts {
  readonly store: AnswerStore;
  readonly allowance: Allowance;
  readonly clock: Clock;
  readonly signer: Signer;
  readonly transports: ReturnType<typeof createTransports>;
}

/** What a call that has to be made goes through, innermost first. */
function layers(options: ClientOptions, ambient: Ambient, { store, allowance, clock, signer, transports }: Parts): Send<unknown> {
  const { timeoutMs, purchaseTimeoutMs, consumerKey, consumerSecret } = options;
  const now = (): number => ambient.now();
  const random = (): number => ambient.random();

  const signed = clockSkew(clock)(sign({ ...options, signer }, transports));
  const believed = read([consumerKey, consumerSecret])(quota(allowance, now)(signed));
  const patient = stack([deadline(timeoutMs), retry({ now, random })], believed);
  const paid = stack([deadline(purchaseTimeoutMs)], believed);
  const bySort: Send<Answer> = (call) => (call.endpoint.effect === "money" ? paid(call) : patient(call));
  return stack([coalesce()], sharedCache(store, now)(bySort));
}
