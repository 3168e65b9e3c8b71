import type { ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import { OperationMeter } from "../../../src/operation/meter.js";
import { artistXml, errorXml, fakeUpstream, sendRaw, type FakeUpstream } from "../../support/fake-upstream.js";
import {
  artistDetails,
  basketRead,
  basketWrite,
  clientOf,
  Clock,
  details,
  failureOf,
  inBritain,
  signedRead,
} from "../../support/test-client.js";

const minute = { "cache-control": "private, max-age=60" };
const params = { artistId: "1" };

/** Answers "first", "second" and so on, unless `instead` answers. */
async function counting(instead: (response: ServerResponse, nth: number) => boolean = () => false): Promise<FakeUpstream> {
  return fakeUpstream((response, _asked, nth) => {
    if (!instead(response, nth)) response.writeHead(200, minute).end(artistXml(`answer ${String(nth)}`));
  });
}

describe("identical calls", () => {
  it("F60: under way at once are one, and all get the same value", async () => {
    const upstream = await fakeUpstream((response) => setTimeout(() => response.end(artistXml()), 20));
    const client = clientOf(upstream);
    const values = await Promise.all(Array.from({ length: 32 }, () => details(client)));
    expect(upstream.asked).toHaveLength(1);
    expect(new Set(values).size).toBe(1);
  });

  it("that fail at once fail with the same error", async () => {
    const upstream = await fakeUpstream(sendRaw("HTTP/1.1 abc\r\n\r\n", "end"));
    const client = clientOf(upstream);
    const failures = await Promise.all(Array.from({ length: 32 }, () => failureOf(details(client))));
    expect(upstream.asked).toHaveLength(1);
    expect(new Set(failures).size).toBe(1);
  });

  it("are each sent when they write, are signed or must not be kept", async () => {
    const upstream = await fakeUpstream((response) => setTimeout(() => response.writeHead(200, minute).end(artistXml()), 10));
    const client = clientOf(upstream);
    for (const one of [basketWrite, signedRead, basketRead]) {
      await Promise.all([client.call(one, params, inBritain), client.call(one, params, inBritain)]);
      await client.call(one, params, inBritain);
    }
    expect(upstream.asked).toHaveLength(9);
  });

  it("in different countries and shops are different", async () => {
    const upstream = await counting();
    const client = clientOf(upstream);
    for (const store of [{ country: "GB" }, { country: "DE" }, { shopId: "34" }]) await client.call(artistDetails, params, { store });
    expect(upstream.asked).toHaveLength(3);
  });
});

describe("a remembered value", () => {
  it("is given at once, itself and frozen, without a call", async () => {
    const upstream = await counting();
    const client = clientOf(upstream);
    const value = await details(client);
    expect(client.call(artistDetails, params, inBritain)).toBe(value);
    expect(client.peek(artistDetails, params, inBritain)).toBe(value);
    expect(Object.isFrozen(value)).toBe(true);
    expect(upstream.asked).toHaveLength(1);
  });

  it("is not there before it was asked for, nor for what cannot be asked", async () => {
    const client = clientOf(await counting());
    expect(client.peek(artistDetails, params, inBritain)).toBeUndefined();
    expect(client.peek(artistDetails, { artistId: "\0" }, inBritain)).toBeUndefined();
    expect(await failureOf(client.call(artistDetails, { artistId: "\0" }, inBritain))).toMatchObject({ code: "UPSTREAM_REJECTED_INPUT" });
  });

  it("is renewed behind the back of whoever asks for it just after its time", async () => {
    const upstream = await counting();
    const clock = new Clock();
    const client = clientOf(upstream, {}, clock);
    const first = await details(client);
    clock.pass(60);
    expect(client.peek(artistDetails, params, inBritain)).toBeUndefined();
    for (let n = 0; n < 5; n += 1) expect(client.call(artistDetails, params, inBritain)).toBe(first);
    await expect.poll(() => client.peek(artistDetails, params, inBritain)).toMatchObject({ name: "answer 2" });
    expect(upstream.asked).toHaveLength(2);
  });

  it("is asked for again, and waited for, later than that", async () => {
    const upstream = await counting();
    const clock = new Clock();
    const client = clientOf(upstream, {}, clock);
    await details(client);
    clock.pass(90);
    expect(await details(client)).toMatchObject({ name: "answer 2" });
  });

  it("F64: is not kept when 7digital says so, and is then forgotten", async () => {
    const upstream = await counting((response, nth) => {
      if (nth === 2) response.writeHead(200, { "cache-control": "no-cache, no-store" }).end(artistXml("unkept"));
      return nth === 2;
    });
    const clock = new Clock();
    const client = clientOf(upstream, {}, clock);
    await details(client);
    clock.pass(90);
    expect(await details(client)).toMatchObject({ name: "unkept" });
    expect(await details(client)).toMatchObject({ name: "answer 3" });
  });

  it("F62: that does not fit is answered all the same", async () => {
    const upstream = await counting();
    const client = clientOf(upstream, { cacheBytes: 0 });
    expect(await details(client)).toMatchObject({ name: "answer 1" });
    expect(await details(client)).toMatchObject({ name: "answer 2" });
  });

  it("F62: leaves when newer ones need its room, even while others are on their way", async () => {
    const upstream = await counting();
    const client = clientOf(upstream, { cacheBytes: 3000 });
    const values = await Promise.all(Array.from({ length: 50 }, (_, n) => details(client, String(n))));
    expect(values).not.toContain(undefined);
    expect(client.peek(artistDetails, { artistId: "0" }, inBritain)).toBeUndefined();
  });
});

describe("the age of a remembered value", () => {
  async function aged(headers: Readonly<Record<string, string>>): Promise<FakeUpstream> {
    return fakeUpstream((response, _asked, nth) => response.writeHead(200, headers).end(artistXml(`answer ${String(nth)}`)));
  }

  it("counts from when 7digital, or a cache on the way, made it", async () => {
    const upstream = await aged({ "cache-control": "max-age=60", age: "40" });
    const clock = new Clock();
    const client = clientOf(upstream, {}, clock);
    const value = await details(client);
    clock.pass(19);
    expect(client.peek(artistDetails, params, inBritain)).toBe(value);
    clock.pass(2);
    expect(client.peek(artistDetails, params, inBritain)).toBeUndefined();
    const meter = new OperationMeter({ mostCalls: 9, timeoutMs: 5000, mayAsk: () => true, detailed: false, trace: undefined });
    expect(await details(client.forOperation(meter))).toBe(value);
    expect(meter.stale).toMatchObject({ oldestAgeSeconds: 61 });
  });

  it.each<[string, Record<string, string>]>([
    ["older than its life when it came", { "cache-control": "max-age=10", age: "4000" }],
    ["older than a minute when it came, and told no life", { "cache-control": "", age: "61" }],
    ["expired when it came", { expires: "Thu, 01 Jan 1970 00:00:00 GMT" }],
    ["expired by a date that is none", { expires: "0" }],
    ["told not to be kept in an old word", { pragma: "no-cache" }],
    ["told to depend on everything", { "cache-control": "max-age=60", vary: "*" }],
  ])("%s: it is asked for again, and waited for", async (_what, headers) => {
    const upstream = await aged(headers);
    const clock = new Clock();
    const client = clientOf(upstream, {}, clock);
    expect(await details(client)).toMatchObject({ name: "answer 1" });
    clock.pass(1);
    expect(await details(client)).toMatchObject({ name: "answer 2" });
  });

  it("older than its life when it came is still better than nothing", async () => {
    const upstream = await fakeUpstream((response, _asked, nth) => {
      if (nth === 1) response.writeHead(200, { "cache-control": "max-age=10", age: "4000" }).end(artistXml());
      else response.writeHead(503).end();
    });
    const clock = new Clock();
    const client = clientOf(upstream, {}, clock);
    const value = await details(client);
    clock.pass(1);
    expect(await details(client)).toBe(value);
  });
});

describe("when 7digital fails, a stale value", () => {
  const down = (response: ServerResponse): void => {
    response.writeHead(503).end();
  };

  it("F63: is served for a day, then the failure", async () => {
    const upstream = await counting((response, nth) => (nth > 1 ? (down(response), true) : false));
    const clock = new Clock();
    const client = clientOf(upstream, {}, clock);
    const value = await details(client);
    clock.pass(60 + 24 * 3600 - 1);
    expect(await details(client)).toBe(value);
    clock.pass(5);
    expect(await failureOf(details(client))).toMatchObject({ code: "UPSTREAM_UNAVAILABLE" });
  });

  it("is served, and said to be stale, to an operation that may make no more calls", async () => {
    const upstream = await counting();
    const clock = new Clock();
    const client = clientOf(upstream, {}, clock);
    const value = await details(client);
    clock.pass(3600);
    const meter = new OperationMeter({ mostCalls: 0, timeoutMs: 5000, mayAsk: () => true, detailed: false, trace: undefined });
    expect(await details(client.forOperation(meter))).toBe(value);
    expect(meter.stale).toEqual({ methods: ["artist/details"], oldestAgeSeconds: 3600, pricesMayDiffer: true });
    expect(await failureOf(details(client.forOperation(meter), "2"))).toMatchObject({ code: "TOO_MANY_UPSTREAM_CALLS" });
    expect(upstream.asked).toHaveLength(1);
  });

  it("is not served to who asks anew: what was remembered may be what has just been refused", async () => {
    const upstream = await counting((response, nth) => (nth > 1 ? (down(response), true) : false));
    const client = clientOf(upstream);
    await details(client);
    expect(await failureOf(details(client.bypassCache()))).toMatchObject({ code: "UPSTREAM_UNAVAILABLE" });
  });

  it("is served without asking for the next five seconds", async () => {
    const upstream = await counting((response, nth) => (nth > 1 ? (down(response), true) : false));
    const clock = new Clock();
    const client = clientOf(upstream, {}, clock);
    const value = await details(client);
    clock.pass(3600);
    await details(client);
    const { length } = upstream.asked;
    clock.pass(4);
    expect(client.call(artistDetails, params, inBritain)).toBe(value);
    expect(client.peek(artistDetails, params, inBritain)).toBeUndefined();
    expect(upstream.asked).toHaveLength(length);
    clock.pass(1);
    await details(client);
    expect(upstream.asked.length).toBeGreaterThan(length);
  });

  it("gives way to the truth that there is no such thing any more", async () => {
    const upstream = await counting((response, nth) => (nth > 1 ? (response.end(errorXml("2001")), true) : false));
    const clock = new Clock();
    const client = clientOf(upstream, {}, clock);
    await details(client);
    clock.pass(90);
    expect(await failureOf(details(client))).toMatchObject({ code: "NOT_FOUND" });
  });

  it("does not hide that our key is refused", async () => {
    const upstream = await counting((response, nth) => (nth > 1 ? (response.writeHead(401).end("OAuth error"), true) : false));
    const clock = new Clock();
    const client = clientOf(upstream, {}, clock);
    await details(client);
    clock.pass(90);
    expect(await failureOf(details(client))).toMatchObject({ code: "UPSTREAM_AUTH" });
  });
});

describe("a failure", () => {
  it.each([
    ["2001", 200, "NOT_FOUND"],
    ["2001", 404, "NOT_FOUND"],
    ["2002", 200, "NOT_AVAILABLE_IN_COUNTRY"],
  ])("F19, F20, F21: %s (HTTP %i) is remembered for a minute", async (code, status, expected) => {
    const upstream = await fakeUpstream((response) => response.writeHead(status).end(errorXml(code)));
    const clock = new Clock();
    const client = clientOf(upstream, {}, clock);
    const failure = await failureOf(details(client));
    expect(failure).toMatchObject({ code: expected });
    clock.pass(59);
    expect(await failureOf(details(client))).toBe(failure);
    expect(client.peek(artistDetails, params, inBritain)).toBeUndefined();
    expect(upstream.asked).toHaveLength(1);
    clock.pass(1);
    await failureOf(details(client));
    expect(upstream.asked).toHaveLength(2);
  });

  it.each([
    ["1001", errorXml("1001")],
    ["4242", errorXml("4242")],
  ])("%s is not remembered", async (_what, body) => {
    const upstream = await fakeUpstream((response, _asked, nth) => response.end(nth <= 2 ? body : artistXml()));
    const client = clientOf(upstream);
    await failureOf(details(client));
    await details(client).catch(() => undefined);
    expect(await details(client)).toBeDefined();
  });
});
