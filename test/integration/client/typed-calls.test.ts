/** Declared methods, called by name on a sandbox. Values are those of the API document's examples. */
import { describe, expect, it } from "vitest";
import { createClient, isReadable } from "../../../src/client/client.js";
import { fakeUpstream, respond, artistXml } from "../../support/fake-upstream.js";
import { openProxy } from "../../support/proxy.js";
import { errorOf, startStand } from "../../support/rest-client.js";

const demo = { token: "demo-token", secret: "demo-token-secret" };

describe("a call", () => {
  it("gives the value, the status, the rate and the caching of the response", async () => {
    const { client, calls, sandbox } = await startStand();
    const { value, status, headers, rateLimit, caching } = await client.call("artist/details", { artistId: "1" }, { country: "DE" });
    expect(value).toMatchObject({ artistId: "1", name: "Keane" });
    expect(status).toBe(200);
    expect(headers["content-type"]).toMatch(/xml/);
    expect(headers["cache-control"]).toBe("private, max-age=432000");
    expect(rateLimit).toEqual({ limit: 1_000_000, current: 1, resetAt: expect.any(Date) as Date });
    expect(caching).toMatchObject({ fromCache: false, ageSeconds: 0, maxAgeSeconds: 432_000, expires: undefined });
    expect(caching.date).toBeInstanceOf(Date);
    expect(caching.lastModified).toBeInstanceOf(Date);
    expect(client.rateLimit()).toMatchObject({ limit: 1_000_000, current: 1 });
    expect(calls()).toEqual(["GET artist/details artistId=1&country=DE"]);
    expect(sandbox.journal.count()).toBe(0);
  });

  it("is answered by the cache while the response is fresh, with its age", async () => {
    const { client, calls, pass } = await startStand();
    const first = await client.call("artist/details", { artistId: "1" });
    pass(90);
    const second = await client.call("artist/details", { artistId: "1" });
    expect(second.value).toBe(first.value);
    expect(second.caching).toMatchObject({ fromCache: true, ageSeconds: 90, maxAgeSeconds: 432_000 });
    expect(second.headers).toEqual(first.headers);
    expect(second.rateLimit).toEqual(first.rateLimit);
    expect(calls()).toEqual(["GET artist/details artistId=1&country=GB"]);
    const fresh = await client.call("artist/details", { artistId: "1" }, { bypassCache: true });
    expect(fresh.caching.fromCache).toBe(false);
    expect(calls()).toHaveLength(1);
  });

  it("is made once for all that wait for it", async () => {
    const { client, calls } = await startStand();
    const answers = await Promise.all([1, 2, 3].map(() => client.call("release/tracks", { releaseId: "155408" })));
    expect(answers.map(({ value }) => value.items.length)).toEqual([10, 10, 10]);
    expect(calls()).toHaveLength(1);
  });

  it("reads titles, barcodes and items of lists as they are", async () => {
    const { client } = await startStand();
    const { value: release } = await client.call("release/details", { releaseId: "155408" });
    expect(release.barcode).toBe("00602517512078");
    const { value: page } = await client.call("release/tracks", { releaseId: "155408", pageSize: 2 });
    expect(page.totalItems).toBe(10);
    expect(page.items.filter(isReadable).map(({ item }) => item.trackId)).toEqual(expect.arrayContaining(["1628015"]));
  });

  it("of a method without parameters needs none", async () => {
    const { client } = await startStand();
    const { value } = await client.call("status");
    expect(value.serverTime).toMatch(/^\d{4}-\d\d-\d\dT/);
    expect((await client.call("tag")).value.items.length).toBe(10);
  });
});

describe("a signed call", () => {
  it("without a user is accepted", async () => {
    const { client } = await startStand();
    expect((await client.call("user/details", { userId: "partner-user" })).value.type).toBe("partner");
  });

  it("for a user is accepted, by token or by a partner's ID, of the client or of the call", async () => {
    const { client } = await startStand({ user: demo });
    const owned = async (caller = client, options = {}) => {
      const { value } = await caller.call("user/locker", { pageSize: 1 }, options);
      return value.totalItems;
    };
    expect(await owned()).toBe(3);
    expect(await owned(client.with({ user: { partnerUserId: "partner-user" } }))).toBe(1);
    expect(await owned(client, { user: { token: "no-card-token", secret: "no-card-token-secret" } })).toBe(0);
  });

  it("is never kept for others", async () => {
    const { client, calls } = await startStand({ user: demo });
    await client.call("user/locker");
    await client.call("user/locker");
    expect(calls()).toHaveLength(2);
  });

  it("by POST is accepted, and two methods of one path are distinguished by their verbs", async () => {
    const { client, calls } = await startStand({ user: demo });
    expect((await client.call("user/unlimitedStreaming")).value?.expiryDate).toMatch(/^2036/);
    const period = {
      activatedAt: "2026-01-01T00:00:00Z",
      currentPeriodStartDate: "2026-11-01T00:00:00Z",
      expiryDate: "2030-01-01T00:00:00Z",
    };
    const { value } = await client.call("POST user/unlimitedStreaming", {
      ...{ userId: "partner-user", planCode: "standard-unlimited-streaming", status: "active", currency: "GBP", recurringFee: 999 },
      ...period,
    });
    expect(value?.expiryDate).toMatch(/^2030/);
    expect(calls().map((call) => call.split(" ").slice(0, 2).join(" "))).toEqual([
      "GET user/unlimitedStreaming",
      "POST user/unlimitedStreaming",
    ]);
  });

  it("without a secret or a user is not sent", async () => {
    const { client, calls } = await startStand({ consumerSecret: undefined });
    expect(await errorOf(client.call("user/locker"))).toMatchObject({ code: "UPSTREAM_AUTH", notSent: true });
    const { client: other } = await startStand();
    expect(await errorOf(other.call("user/locker"))).toMatchObject({ code: "UNAUTHENTICATED", notSent: true });
    expect(calls()).toEqual([]);
  });
});

describe("money", () => {
  it("is spent by one call, and not again when its answer is lost", async () => {
    const { client, sandbox, calls } = await startStand({ user: demo });
    const { value } = await client.call("user/purchase/item", { releaseId: "1302", trackId: "12345", price: "0.99" });
    expect(value.purchaseId).toBe(String(sandbox.sales[0]?.purchaseId));
    calls();
    // 3069 charges, then drops the connection.
    const lost = await errorOf(client.call("user/purchase/item", { releaseId: "3069", price: "6.99" }));
    expect(lost).toMatchObject({ code: "UPSTREAM_UNAVAILABLE", notSent: false });
    expect(calls()).toHaveLength(1);
    expect(sandbox.sales).toHaveLength(2);
  });
});

describe("what all calls have in common", () => {
  it("is set for the client, for a view and for a call, and the more specific wins", async () => {
    const { client, calls } = await startStand({ defaultParams: { country: "fr", pageSize: 3, imageSize: 350 } });
    await client.call("artist/releases", { artistId: "1" });
    const view = client.with({ defaultParams: { pageSize: 2 } });
    await view.call("artist/releases", { artistId: "1" });
    await view.call("artist/releases", { artistId: "1", pageSize: 1 }, { country: "de", imageSize: 180 });
    await view.call("artist/releases", { artistId: "1" }, { shopId: "34" });
    expect(calls()).toEqual([
      "GET artist/releases artistId=1&pageSize=3&imageSize=350&country=FR",
      "GET artist/releases artistId=1&pageSize=2&imageSize=350&country=FR",
      "GET artist/releases artistId=1&pageSize=1&imageSize=180&country=DE",
      "GET artist/releases artistId=1&pageSize=2&imageSize=350&shopId=34",
    ]);
  });

  it("reaches only methods that take it, and pictures of the size are cached apart", async () => {
    const { client, calls } = await startStand({ defaultParams: { pageSize: 3, shopId: "34" } });
    const { value: small } = await client.call("artist/details", { artistId: "1" });
    const { value: large } = await client.call("artist/details", { artistId: "1" }, { imageSize: 200 });
    expect(calls()).toEqual(["GET artist/details artistId=1&shopId=34", "GET artist/details artistId=1&imageSize=200&shopId=34"]);
    expect(small.image).not.toBe(large.image);
  });

  it("is a country wherever it names one more closely than a shop", async () => {
    const { client, calls } = await startStand({ defaultParams: { shopId: "34" } });
    await client.call("artist/details", { artistId: "1" }, { country: "DE" });
    expect(calls()).toEqual(["GET artist/details artistId=1&country=DE"]);
  });
});

describe("an error", () => {
  it("has our code, 7digital's code, its words and the status", async () => {
    const { client } = await startStand();
    const error = await errorOf(client.call("artist/details", { artistId: "999999999" }));
    expect(error).toMatchObject({
      ...{ name: "SevendigitalError", code: "NOT_FOUND", method: "artist/details", status: 404, sevendigitalCode: "2001" },
      ...{ retryable: false, notSent: false, retryAt: undefined },
    });
    expect(error["sevendigitalMessage"]).toMatch(/artist/i);
  });

  it("of a signed call has none of 7digital's words", async () => {
    const { client } = await startStand({ user: { token: "demo-token", secret: "wrong" } });
    const error = await errorOf(client.call("user/locker"));
    expect(error).toMatchObject({ code: "UNAUTHENTICATED", status: 401, sevendigitalMessage: undefined });
    const { client: stranger } = await startStand({ consumerSecret: "not-the-sandbox's-secret" });
    const rejection = await errorOf(stranger.call("user/details", { userId: "partner-user" }));
    expect(rejection).toMatchObject({ code: "UPSTREAM_AUTH", status: 401 });
    expect(JSON.stringify(rejection) + rejection.message).not.toContain("not-the-sandbox's-secret");
  });

  it("tells a rejected parameter, and says when to try again", async () => {
    const { client, sandbox } = await startStand();
    expect(await errorOf(client.call("artist/details", { artistId: "abc" }))).toMatchObject({
      ...{ code: "UPSTREAM_REJECTED_INPUT", status: 400, notSent: false },
      message: expect.stringMatching(/^7digital rejected a parameter of artist\/details \(error 1\d{3}\)\.$/) as string,
    });
    sandbox.faults.add({ method: "tag", fault: { kind: "status", status: 429, headers: { "retry-after": "60" } } });
    expect(await errorOf(client.call("tag"))).toMatchObject({
      ...{ code: "UPSTREAM_RATE_LIMITED", status: 429, retryable: true, retryAt: expect.any(Date) as Date },
    });
  });

  it("names what cannot be sent, and nothing is", async () => {
    const { client, calls } = await startStand();
    const call = client.call as unknown as (name: string, params?: object, options?: object) => Promise<unknown>;
    const messages = await Promise.all(
      [
        call("artist/detials", { artistId: "1" }),
        call("artist/details", {}),
        call("artist/details", { artistid: "1" }),
        call("artist/details", { artistId: "1", country: "GB" }),
        call("artist/details", { artistId: { id: 1 } }),
        call("artist/bytag/top", { tags: "rock" }),
        call("artist/details", { artistId: "1" }, { country: "Germany" }),
        call("user/locker", {}, { user: { token: "demo-token" } }),
        call("constructor"),
      ].map(async (promise) => (await errorOf(promise)).message),
    );
    expect(messages).toEqual([
      "artist/detials was not called: it is not a declared method: see `methods`, or use `request`.",
      "artist/details was not called: artistId is missing.",
      "artist/details was not called: it has no parameter artistid (it has artistId; country, shopId and imageSize are options).",
      "artist/details was not called: it has no parameter country (it has artistId; country, shopId and imageSize are options).",
      "artist/details was not called: artistId has a value of the wrong type.",
      "artist/bytag/top was not called: tags has a value of the wrong type.",
      'artist/details was not called: country must be two letters of ISO 3166-1, for example "GB".',
      "user/locker was not called: user must have a token and its secret, or a partnerUserId.",
      "constructor was not called: it is not a declared method: see `methods`, or use `request`.",
    ]);
    expect(calls()).toEqual([]);
    await call("artist/details", { artistId: 1 });
    expect(calls()).toEqual(["GET artist/details artistId=1&country=GB"]);
  });
});

describe("headers", () => {
  it("repeat no URL and no cookie, which may have the key in them", async () => {
    const secret = { "content-location": "http://x/?oauth_consumer_key=sandbox", "set-cookie": "session=1", "x-7dig": "aw0", age: "7" };
    const upstream = await fakeUpstream(respond(artistXml(), 200, { "content-type": "text/xml", ...secret }));
    const { client } = await startStand({ baseUrl: `${upstream.url}/1.2` });
    const { headers, caching, rateLimit } = await client.call("artist/details", { artistId: "1" });
    expect(Object.keys(headers).sort()).toEqual(["age", "content-type", "date", "x-7dig"]);
    expect(caching).toMatchObject({ ageSeconds: 7, maxAgeSeconds: undefined });
    expect(rateLimit).toBeUndefined();
  });

  it("of 7digital's one real response are read", async () => {
    const real = {
      ...{
        age: "0",
        "cache-control": "private, max-age=60",
        date: "Sat, 08 Sep 2012 18:44:11 GMT",
        expires: "Sat, 08 Sep 2012 18:45:11 GMT",
      },
      ...{ "last-modified": "Sat, 08 Sep 2012 18:44:06 GMT", "content-type": "text/xml; charset=utf-8", server: "nginx/0.7.67" },
      ...{ "x-ratelimit-current": "24", "x-ratelimit-limit": "4000", "x-ratelimit-reset": "18953" },
    };
    const upstream = await fakeUpstream(respond(artistXml(), 200, real));
    const { client } = await startStand({ baseUrl: `${upstream.url}/1.2` });
    const before = Date.now() - 5000;
    const { rateLimit, caching } = await client.call("artist/details", { artistId: "1" });
    expect(rateLimit).toMatchObject({ limit: 4000, current: 24 });
    expect((rateLimit?.resetAt.getTime() ?? 0) - before).toBeGreaterThan(18_953_000);
    expect(caching).toEqual({
      ...{ fromCache: false, ageSeconds: 0, maxAgeSeconds: 60 },
      date: new Date("2012-09-08T18:44:11Z"),
      expires: new Date("2012-09-08T18:45:11Z"),
      lastModified: new Date("2012-09-08T18:44:06Z"),
    });
  });
});

describe("the daily quota", () => {
  it("is left to users and purchases near its end", async () => {
    const rate = { "x-ratelimit-limit": "100", "x-ratelimit-current": "80", "x-ratelimit-reset": "1000" };
    const upstream = await fakeUpstream(respond(artistXml(), 200, { "content-type": "text/xml", ...rate }));
    const { client } = await startStand({ baseUrl: `${upstream.url}/1.2`, quotaReservePercent: 25 });
    await client.call("artist/details", { artistId: "1" });
    const error = await errorOf(client.call("artist/details", { artistId: "2" }));
    expect(error).toMatchObject({ code: "QUOTA_RESERVED", notSent: true, retryable: true, retryAt: client.rateLimit()?.resetAt });
    expect(upstream.asked).toHaveLength(1);
  });
});

describe("a proxy", () => {
  it("is used for all hosts but those without", async () => {
    const { sandbox, calls } = await startStand();
    const proxy = await openProxy(sandbox.port);
    const common = { consumerKey: "sandbox", baseUrl: sandbox.baseUrl };
    for (const except of [undefined, "127.0.0.1"]) {
      const client = createClient({ ...common, proxy: { http: `http://127.0.0.1:${String(proxy.port)}`, except } });
      await client.call("artist/details", { artistId: "1" });
      await client.close();
    }
    await proxy.close();
    expect(calls()).toHaveLength(2);
    expect(proxy.connects.map(({ authority }) => authority)).toEqual([`127.0.0.1:${String(sandbox.port)}`]);
  });
});

describe("a signal", () => {
  it("may be that of many calls", async () => {
    const warnings: Error[] = [];
    const listen = (warning: Error): unknown => warnings.push(warning);
    process.on("warning", listen);
    const { client } = await startStand();
    const { signal } = new AbortController();
    await Promise.all(Array.from({ length: 20 }, (_, index) => client.call("artist/details", { artistId: String(index + 1) }, { signal })));
    // Warnings are emitted in the next turn.
    await new Promise(setImmediate);
    process.off("warning", listen);
    expect(warnings).toEqual([]);
  });

  it("ends the wait for a read with its reason", async () => {
    const { client, sandbox } = await startStand({ timeoutMs: 200 });
    sandbox.faults.add({ method: "artist/details", fault: { kind: "hang" } });
    const controller = new AbortController();
    const pending = errorOf(client.call("artist/details", { artistId: "1" }, { signal: controller.signal }));
    controller.abort(new Error("no longer wanted"));
    expect((await pending).message).toBe("no longer wanted");
  });
});
