/** When the client answers from its cache, and when it makes a call. Nothing is sent here: see shared-cache.test.ts for the same on the wire. */
import { describe, expect, it } from "vitest";
import { OperationMeter } from "../../../src/operation/meter.js";
import { Cache } from "../../../src/upstream/cache/cache.js";
import { CachingClient } from "../../../src/upstream/caching-client.js";
import type { Client } from "../../../src/upstream/client.js";
import type { UpstreamErrorCode } from "../../../src/upstream/error-traits.js";
import { UpstreamError } from "../../../src/upstream/errors.js";
import type { Answer, Call } from "../../../src/upstream/pipeline.js";
import { createSigner } from "../../../src/upstream/request/oauth.js";
import { createRequestBuilder } from "../../../src/upstream/request/request.js";
import { artistDetails, basketWrite, Clock, failureOf, inBritain, userRead } from "../../support/test-client.js";

const alice = { ...inBritain, user: { token: { key: "alice", secret: "alice's" } } };
const params = { artistId: "1" };

interface Options {
  /** How the nth call ends, from 1; a value where it does not throw. */
  readonly answer?: (nth: number, call: Call) => unknown;
  readonly cacheControl?: string;
}

function setUp({ answer = (nth) => `answer ${String(nth)}`, cacheControl = "max-age=100" }: Options = {}) {
  const clock = new Clock();
  const now = (): number => clock.ms;
  const calls: Call[] = [];
  const send = async (call: Call): Promise<Answer> => {
    calls.push(call);
    const value = await answer(calls.length, call);
    return { value, httpStatus: 200, header: (name) => (name === "cache-control" ? cacheControl : undefined) };
  };
  const cache = new Cache(1_000_000, now);
  const none = (): never => {
    throw new Error("It is not for this test.");
  };
  const client = new CachingClient({
    requests: createRequestBuilder(),
    cache,
    signer: createSigner({ consumerKey: "key", consumerSecret: "secret", now, nonce: () => "nonce" }),
    secrets: [],
    send: cache.around(send),
    sendOne: send,
    sendSeveral: cache.remembering(send),
    ownNow: now,
    now,
    quota: none,
    stats: none,
    close: () => Promise.resolve(),
  });
  return { client, calls, clock };
}

function artist(client: Client): unknown {
  return client.call(artistDetails, params, inBritain);
}

function failing(code: UpstreamErrorCode, details: { readonly httpStatus?: number; readonly notSent?: boolean } = {}): never {
  throw new UpstreamError(code, "It failed.", { method: "artist/details", ...details });
}

function operation(mostCalls = 100): OperationMeter {
  return new OperationMeter({ mostCalls, timeoutMs: 60_000, mayAsk: () => true, detailed: true, trace: undefined });
}

describe("a value in the cache", () => {
  it("is returned itself while it is fresh, without a call and without a promise", async () => {
    const { client, calls, clock } = setUp();
    expect(artist(client)).toBeInstanceOf(Promise);
    expect(await artist(client)).toBe("answer 1");
    clock.pass(99);
    expect(artist(client)).toBe("answer 1");
    expect(calls).toHaveLength(1);
  });

  it("is returned at once when it is stale, while one call renews it", async () => {
    const { client, calls, clock } = setUp();
    await artist(client);
    clock.pass(101);
    expect([artist(client), artist(client)]).toEqual(["answer 1", "answer 1"]);
    await expect.poll(() => artist(client)).toBe("answer 2");
    expect(calls).toHaveLength(2);
  });

  it("is returned for five seconds without a call when renewing it failed", async () => {
    const { client, calls, clock } = setUp({ answer: (nth) => (nth === 1 ? "answer" : failing("UPSTREAM_TIMEOUT")) });
    await artist(client);
    clock.pass(101);
    expect(artist(client)).toBe("answer");
    await new Promise(setImmediate);
    for (const made of [2, 2, 3]) {
      expect(artist(client)).toBe("answer");
      await new Promise(setImmediate);
      expect(calls).toHaveLength(made);
      clock.pass(2.5);
    }
  });

  it("is no longer returned at once when it is too stale, but stands in for a call that fails", async () => {
    const { client, clock } = setUp({ answer: (nth) => (nth === 2 ? failing("UPSTREAM_UNAVAILABLE") : `answer ${String(nth)}`) });
    await artist(client);
    clock.pass(3600);
    const late = artist(client);
    expect(late).toBeInstanceOf(Promise);
    expect(await late).toBe("answer 1");
    clock.pass(5);
    expect(await artist(client)).toBe("answer 3");
  });

  it.each<UpstreamErrorCode>(["UPSTREAM_AUTH", "UPSTREAM_REJECTED_INPUT", "NOT_FOUND"])(
    "does not stand in for %s, and goes",
    async (code) => {
      const { client, clock } = setUp({ answer: (nth) => (nth === 1 ? "answer" : failing(code)) });
      await artist(client);
      clock.pass(3600);
      expect(await failureOf(artist(client))).toMatchObject({ code });
      expect(await failureOf(artist(client))).toMatchObject({ code });
    },
  );

  it("is neither stored nor returned where headers forbid it", async () => {
    const { client, calls } = setUp({ cacheControl: "no-store" });
    expect([await artist(client), await artist(client)]).toEqual(["answer 1", "answer 2"]);
    expect(calls).toHaveLength(2);
  });

  it("is never that of a user, nor of a write", async () => {
    const { client, calls } = setUp();
    for (let nth = 0; nth < 2; nth += 1) {
      await client.call(userRead, params, alice);
      await client.call(basketWrite, params, inBritain);
    }
    expect(calls.map(({ sharedKey }) => sharedKey)).toEqual([undefined, undefined, undefined, undefined]);
  });
});

describe("a failure in the cache", () => {
  it("is a rejection for a minute where 7digital said that there is no such thing", async () => {
    const { client, calls, clock } = setUp({ answer: () => failing("NOT_FOUND", { httpStatus: 404 }) });
    await failureOf(artist(client));
    clock.pass(59);
    expect(await failureOf(artist(client))).toMatchObject({ code: "NOT_FOUND" });
    expect(calls).toHaveLength(1);
    clock.pass(1);
    await failureOf(artist(client));
    expect(calls).toHaveLength(2);
  });

  it("is a rejection for five seconds where the item is at fault, of reads of users, too", async () => {
    const { client, calls, clock } = setUp({ answer: () => failing("UPSTREAM_BAD_RESPONSE", { httpStatus: 200 }) });
    const read = (): unknown => client.call(userRead, params, alice);
    await failureOf(read());
    expect(await failureOf(read())).toMatchObject({ code: "UPSTREAM_BAD_RESPONSE" });
    expect(calls).toHaveLength(1);
    clock.pass(5);
    await failureOf(read());
    expect(calls).toHaveLength(2);
  });
});

describe("peek", () => {
  it("returns a fresh value, and makes no call for anything else", async () => {
    const { client, calls, clock } = setUp();
    const peek = (): unknown => client.peek(artistDetails, params, inBritain);
    expect(peek()).toBeUndefined();
    await artist(client);
    expect(peek()).toBe("answer 1");
    clock.pass(100);
    expect(peek()).toBeUndefined();
    expect(client.peek(artistDetails, { artistId: "\0" }, inBritain)).toBeUndefined();
    expect(calls).toHaveLength(1);
  });
});

describe("a view", () => {
  it("that bypasses the cache makes a call, and stores its answer", async () => {
    const { client } = setUp();
    await artist(client);
    expect(await artist(client.bypassCache())).toBe("answer 2");
    expect(artist(client)).toBe("answer 2");
  });

  it("that bypasses the cache gets no stale value", async () => {
    const { client } = setUp({ answer: (nth) => (nth === 1 ? "answer" : failing("UPSTREAM_TIMEOUT")) });
    await artist(client);
    expect(await failureOf(artist(client.bypassCache()))).toMatchObject({ code: "UPSTREAM_TIMEOUT" });
    expect(artist(client)).toBe("answer");
  });

  it("that is critical makes a call whatever failed a moment ago", async () => {
    const { client, calls } = setUp({ answer: () => failing("UPSTREAM_BAD_RESPONSE", { httpStatus: 200 }) });
    for (let made = 1; made <= 3; made += 1) {
      await failureOf(client.critical().call(userRead, params, alice));
      expect(calls).toHaveLength(made);
    }
    expect(calls.map(({ critical, reconciling }) => [critical, reconciling])).toEqual(Array.from({ length: 3 }, () => [true, false]));
    await failureOf(client.reconciling().call(userRead, params, alice));
    expect(calls[3]).toMatchObject({ critical: true, reconciling: true });
  });
});

describe("an operation", () => {
  it("hears how old its answers from the cache are, and pays for none of them", async () => {
    const { client, clock } = setUp();
    await artist(client);
    const meter = operation(0);
    clock.pass(50);
    artist(client.forOperation(meter));
    clock.pass(55);
    artist(client.forOperation(meter));
    expect(meter.shown).toEqual([
      { method: "artist/details", from: "MEMORY", ageSeconds: 50 },
      { method: "artist/details", from: "STALE", ageSeconds: 105 },
    ]);
  });

  it("that may make no more calls gets the stale value, or the error", async () => {
    const { client, calls, clock } = setUp();
    await artist(client);
    clock.pass(3600);
    const limited = client.forOperation(operation(0));
    expect(await artist(limited)).toBe("answer 1");
    expect(await failureOf(limited.call(artistDetails, { artistId: "2" }, inBritain))).toMatchObject({ code: "TOO_MANY_UPSTREAM_CALLS" });
    expect(calls).toHaveLength(1);
  });

  it("that ends rejects its reads at once, but no writes and nothing critical", async () => {
    let answer: (value: unknown) => void = () => undefined;
    const answered = new Promise((resolve) => (answer = resolve));
    const { client, calls } = setUp({ answer: () => answered });
    const meter = operation();
    const own = client.forOperation(meter);
    const read = failureOf(artist(own));
    const others = [own.call(basketWrite, params, inBritain), own.critical().call(userRead, params, alice)].map((call) =>
      Promise.resolve(call),
    );
    meter.abandon();
    expect(await read).toMatchObject({ code: "CLIENT_CLOSED_REQUEST" });
    answer("answer");
    expect(await Promise.all(others)).toEqual(["answer", "answer"]);
    expect(calls.slice(1).map(({ waiting }) => waiting)).toEqual([undefined, undefined]);
  });
});

it("parameters that cannot be sent are a rejection, never thrown", async () => {
  const { client, calls } = setUp();
  const failure = failureOf(client.call(artistDetails, { artistId: "\0" }, inBritain));
  expect(await failure).toMatchObject({ code: "UPSTREAM_REJECTED_INPUT", notSent: true });
  expect(calls).toEqual([]);
});
