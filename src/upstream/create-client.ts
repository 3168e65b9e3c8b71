/** Creates the one client of a process, and the parts that all its calls share. */
import { Cache } from "./cache/cache.js";
import { CachingClient } from "./caching-client.js";
import type { Ambient, Client, ClientOptions } from "./client.js";
import { createBreakers } from "./limits/breaker.js";
import { Bulkhead } from "./limits/bulkhead.js";
import { QuotaTracker } from "./limits/quota.js";
import { createPipeline, type Parts } from "./pipeline-order.js";
import { Clock } from "./request/clock.js";
import { createSigner } from "./request/oauth.js";
import { createRequestBuilder } from "./request/request.js";
import type { ClientStats } from "./stats.js";
import { createSingleUseTransport, createTransport } from "./wire/transport.js";

/** Of critical calls, beside all others. */
const criticalConnections = 16;

export function createClient(options: ClientOptions, ambient: Ambient): Client {
  const parts = createParts(options, ambient);
  const { cache, quota, clock, signer, transports } = parts;
  return new CachingClient({
    requests: createRequestBuilder(options.usageTypes),
    cache,
    signer,
    secrets: [options.consumerKey, options.consumerSecret],
    ...createPipeline(options, ambient, parts),
    ownNow: ambient.now,
    now: () => clock.now(),
    quota: () => quota.quota,
    stats: () => statsOf(parts),
    async close() {
      await Promise.all(Object.values(transports).map((transport) => transport.close()));
    },
  });
}

function createParts(options: ClientOptions, { now, nonce, quotaPeers }: Ambient): Parts {
  const clock = new Clock(now);
  return {
    cache: new Cache(options.cacheBytes, now),
    quota: new QuotaTracker(options.quotaReservePercent, quotaPeers),
    clock,
    signer: createSigner({ ...options, now: () => clock.now(), nonce }),
    breakers: createBreakers(now),
    bulkheads: {
      ordinary: new Bulkhead({ ...options, atOnce: options.maxConnections }),
      money: new Bulkhead({ ...options, atOnce: options.purchasesAtOnce }),
    },
    transports: createTransports(options),
  };
}

function createTransports({ baseUrl, secureBaseUrl, proxy, secureProxy, ...rest }: ClientOptions): Parts["transports"] {
  const plain = { ...rest, origin: new URL(baseUrl).origin, proxy };
  const secure = { ...rest, origin: new URL(secureBaseUrl).origin, proxy: secureProxy };
  return {
    plain: createTransport(plain),
    secure: createTransport(secure),
    criticalPlain: createTransport({ ...plain, maxConnections: criticalConnections }),
    criticalSecure: createTransport({ ...secure, maxConnections: criticalConnections }),
    money: createSingleUseTransport(secure),
  };
}

function statsOf({ breakers: { read, signedRead, write, money }, bulkheads, cache }: Parts): ClientStats {
  return {
    breakers: { read: read.state, signedRead: signedRead.state, write: write.state, money: money.state },
    inFlight: bulkheads.ordinary.inFlight + bulkheads.money.inFlight,
    waiting: bulkheads.ordinary.waiting + bulkheads.money.waiting,
    cacheBytes: cache.values.bytes,
  };
}
