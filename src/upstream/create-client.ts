/** Makes the one client of a process, and what all its calls share. */
import { AnswerStore } from "./answer-store.js";
import { callPath, type Parts } from "./call-path.js";
import type { Ambient, Client, ClientOptions } from "./client.js";
import { Clock } from "./clock.js";
import { createBreakers } from "./layers/breaker.js";
import { Slots } from "./layers/slots.js";
import { createSigner } from "./oauth.js";
import { Allowance } from "./quota.js";
import { RecentFailures } from "./recent-failures.js";
import { createRequestBuilder } from "./request.js";
import { SharingClient } from "./sharing-client.js";
import { createSingleUseTransport, createTransport } from "./transport.js";

/** Of calls that money depends on, beside all others. */
const exemptConnections = 16;

export function createClient(options: ClientOptions, ambient: Ambient): Client {
  const parts = createParts(options, ambient);
  const { store, failures, allowance, clock, signer, transports } = parts;
  return new SharingClient({
    requests: createRequestBuilder(),
    store,
    failures,
    signer,
    send: callPath(options, ambient, parts),
    ownNow: () => ambient.now(),
    now: () => clock.now(),
    quota: () => allowance.quota,
    figures: () => figuresOf(parts),
    async close() {
      await Promise.all(Object.values(transports).map((transport) => transport.close()));
    },
  });
}

function createParts(options: ClientOptions, ambient: Ambient): Parts {
  const { consumerKey, consumerSecret, maxConnections, purchasesAtOnce } = options;
  const clock = new Clock(() => ambient.now());
  return {
    store: new AnswerStore(options.cacheBytes),
    failures: new RecentFailures(),
    allowance: new Allowance(options.quotaReservePercent),
    clock,
    signer: createSigner({ consumerKey, consumerSecret, now: () => clock.now(), nonce: () => ambient.nonce() }),
    breakers: createBreakers(() => ambient.now()),
    slots: { ordinary: new Slots({ ...options, atOnce: maxConnections }), money: new Slots({ ...options, atOnce: purchasesAtOnce }) },
    transports: createTransports(options),
  };
}

function createTransports({ baseUrl, secureBaseUrl, proxy, secureProxy, ...rest }: ClientOptions): Parts["transports"] {
  const options = { ...rest, ca: rest.ca };
  const plain = { ...options, origin: new URL(baseUrl).origin, proxy };
  const secure = { ...options, origin: new URL(secureBaseUrl).origin, proxy: secureProxy };
  return {
    plain: createTransport(plain),
    secure: createTransport(secure),
    exemptPlain: createTransport({ ...plain, maxConnections: exemptConnections }),
    exemptSecure: createTransport({ ...secure, maxConnections: exemptConnections }),
    money: createSingleUseTransport(secure),
  };
}

function figuresOf({ breakers: { read, signedRead, write, money }, slots, store }: Parts) {
  return {
    breakers: { read: read.state, signedRead: signedRead.state, write: write.state, money: money.state },
    inFlight: slots.ordinary.inFlight + slots.money.inFlight,
    waiting: slots.ordinary.waiting + slots.money.waiting,
    cacheBytes: store.bytes,
  };
}
