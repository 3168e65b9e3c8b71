/** The client of the API and some endpoints, for tests of the client alone. */
import { setTimeout as wait } from "node:timers/promises";
import { onTestFinished } from "vitest";
import type { Client, ClientOptions } from "../../src/upstream/client.js";
import { createClient } from "../../src/upstream/create-client.js";
import { endpoint } from "../../src/upstream/endpoint.js";
import { id, integer, optional } from "../../src/upstream/request/params.js";
import type { Session } from "../../src/upstream/session.js";
import { attribute, child, inside, object } from "../../src/upstream/xml/decode.js";
import { text } from "../../src/upstream/xml/values.js";

const artist = inside("artist", object({ id: attribute("id"), name: child("name", text) }));
const shape = { params: { artistId: id }, result: artist };

export const artistDetails = endpoint({ path: "artist/details", auth: "key", effect: "read", ...shape });
export const signedRead = endpoint({ path: "user/details", auth: "consumer", effect: "read", ...shape });
export const userRead = endpoint({ path: "user/locker", auth: "user", effect: "read", ...shape });
export const signedPost = endpoint({ path: "user/signup", verb: "POST", auth: "consumer", effect: "write", ...shape });
export const basketRead = endpoint({ path: "basket", auth: "key", effect: "read", uncached: true, ...shape });
export const basketWrite = endpoint({ path: "basket/addItem", auth: "key", effect: "write", ...shape });
export const purchase = endpoint({ path: "user/purchase/item", auth: "consumer", effect: "money", ...shape });
export const artistReleases = endpoint({
  path: "artist/releases",
  auth: "key",
  effect: "read",
  params: { artistId: id, type: optional(id), page: optional(integer) },
  result: artist,
});

export const inBritain: Session = { store: { country: "GB" } };

export const secret = "the-consumer-secret";
export const key = "THE-CONSUMER-KEY";

export class Clock {
  ms = Date.UTC(2026, 10, 22);
  pass(seconds: number): void {
    this.ms += seconds * 1000;
  }
}

export function clientOf(upstream: { url: string }, options: Partial<ClientOptions> = {}, clock = new Clock()): Client {
  let nonces = 0;
  const client = createClient(
    {
      baseUrl: `${upstream.url}/1.2`,
      secureBaseUrl: `${upstream.url}/1.2`,
      consumerKey: key,
      consumerSecret: secret,
      timeoutMs: 5000,
      purchaseTimeoutMs: 5000,
      maxConnections: 64,
      purchasesAtOnce: 4,
      maxWaiting: 400,
      maxWaitMs: 1000,
      quotaReservePercent: 5,
      usageTypes: [],
      cacheBytes: 10_000_000,
      maxAnswerBytes: 4 * 1024 * 1024,
      ...options,
    },
    { now: () => clock.ms, nonce: () => `nonce${String((nonces += 1))}`, random: () => 0 },
  );
  onTestFinished(() => client.close());
  return client;
}

/** One `artist/details` call in Britain. */
export async function details(client: Client, artistId = "1"): Promise<unknown> {
  return client.call(artistDetails, { artistId }, inBritain);
}

/** Like the promise, but "late" if it takes longer. A busy machine delays this as much as the client's own timers. */
export function within<T>(ms: number, promise: Promise<T>): Promise<T | "late"> {
  return Promise.race([promise, wait(ms, "late" as const, { ref: false })]);
}

export async function failureOf(promise: unknown): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("It did not fail.");
}
