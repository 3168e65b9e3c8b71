/** A read that failed for a reason that lies in what was asked is not asked for again for five seconds. */
import type { ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import type { Client } from "../../../src/upstream/client.js";
import type { Endpoint } from "../../../src/upstream/endpoint.js";
import type { Meter } from "../../../src/upstream/meter.js";
import type { Session } from "../../../src/upstream/session.js";
import { artistXml, errorXml, fakeUpstream, respond, type Reply } from "../../support/fake-upstream.js";
import {
  artistDetails,
  basketRead,
  basketWrite,
  clientOf,
  Clock,
  details,
  failureOf,
  inBritain,
  purchase,
  signedRead,
  userRead,
} from "../../support/test-client.js";

const session = (key: string, secret = "s"): Session => ({ ...inBritain, user: { token: { key, secret } } });
const alice = session("alice");

const healthy = respond(artistXml());

const unreadable: Reply = (response) => response.end("<html>Back soon</html>");

async function ask<R>(client: Client, endpoint: Endpoint<{ artistId: string }, R>, of: Session, artistId = "1"): Promise<R> {
  return client.call(endpoint, { artistId }, of);
}

describe("a key that failed", () => {
  it.each<[string, Reply, number]>([
    ["unreadable", unreadable, 1],
    ["too large", (response) => response.end(Buffer.alloc(5_000_000, " ")), 1],
    ["a page for people as HTTP 404", (response) => response.writeHead(404).end("<html></html>"), 1],
    ["forbidden", (response) => response.writeHead(403).end("Forbidden"), 1],
    ["a redirect", (response) => response.writeHead(302).end(), 1],
    ["HTTP 500", (response) => response.writeHead(500).end(), 2],
    ["7digital's error 9001", (response) => response.end(errorXml("9001")), 2],
  ])("%s makes no call for five seconds, whether or not it may be shared or anything is kept", async (_what, fails, tries) => {
    for (const [endpoint, of] of [[artistDetails, inBritain] as const, [basketRead, inBritain] as const, [userRead, alice] as const]) {
      const upstream = await fakeUpstream(fails);
      const clock = new Clock();
      const client = clientOf(upstream, { cacheBytes: 0 }, clock);
      const failure = await failureOf(ask(client, endpoint, of));
      clock.pass(4.9);
      expect(await failureOf(ask(client, endpoint, of))).toBe(failure);
      expect(upstream.asked).toHaveLength(tries);
      clock.pass(0.1);
      upstream.behaviour = healthy;
      expect(await ask(client, endpoint, of)).toEqual({ id: "1", name: "Keane" });
      expect(await ask(client, endpoint, of)).toEqual({ id: "1", name: "Keane" });
    }
  });

  it.each<[string, Reply]>([
    ["refused credentials", (response) => response.writeHead(401).end("OAuth error")],
    ["too many calls", (response) => response.writeHead(429).end()],
    ["a connection that broke", (response) => response.socket?.destroy()],
    ["an unknown error", (response) => response.end(errorXml("4242"))],
    ["input that 7digital rejected", (response) => response.end(errorXml("1001"))],
  ])("by %s is asked for again at once", async (_what, fails) => {
    const upstream = await fakeUpstream(fails);
    const client = clientOf(upstream);
    await failureOf(ask(client, basketRead, inBritain));
    upstream.behaviour = healthy;
    expect(await ask(client, basketRead, inBritain)).toBeDefined();
  });

  it("is that key alone: another item, store, method or user is asked for", async () => {
    const upstream = await fakeUpstream(unreadable);
    const client = clientOf(upstream);
    await failureOf(ask(client, basketRead, inBritain));
    await failureOf(ask(client, userRead, alice));
    upstream.behaviour = healthy;
    const others = [
      ask(client, basketRead, inBritain, "2"),
      ask(client, basketRead, { store: { country: "DE" } }),
      ask(client, artistDetails, inBritain),
      ask(client, userRead, session("bob")),
      ask(client, userRead, session("alice", "another secret")),
      ask(client, userRead, { ...inBritain, user: { partnerUserId: "alice" } }),
    ];
    for (const value of await Promise.all(others)) expect(value).toEqual({ id: "1", name: "Keane" });
  });

  it("gets no second try when it is asked for again, so that those of others are left", async () => {
    const upstream = await fakeUpstream((response) => response.writeHead(500).end());
    const clock = new Clock();
    const client = clientOf(upstream, { cacheBytes: 0 }, clock);
    for (let round = 1; round <= 12; round += 1) {
      await failureOf(details(client));
      expect(upstream.asked).toHaveLength(round + 1);
      clock.pass(5);
    }
  });

  it("is found out about by one call, while others get the failure", async () => {
    const waiting: ServerResponse[] = [];
    const upstream = await fakeUpstream((response, _asked, nth) => {
      if (nth === 1) unreadable(response);
      else waiting.push(response);
    });
    const clock = new Clock();
    const client = clientOf(upstream, {}, clock);
    const failure = await failureOf(ask(client, userRead, alice));
    clock.pass(5);
    const trial = ask(client, userRead, alice);
    await expect.poll(() => waiting).toHaveLength(1);
    for (let nth = 0; nth < 5; nth += 1) expect(await failureOf(ask(client, userRead, alice))).toBe(failure);
    waiting[0]?.end(artistXml());
    expect(await trial).toEqual({ id: "1", name: "Keane" });
    expect(upstream.asked).toHaveLength(2);
  });

  it("is forgotten ten seconds later: nobody gets an old failure", async () => {
    const upstream = await fakeUpstream(unreadable);
    const clock = new Clock();
    const client = clientOf(upstream, {}, clock);
    await failureOf(ask(client, userRead, alice));
    clock.pass(10);
    upstream.behaviour = healthy;
    const values = await Promise.all(Array.from({ length: 5 }, () => ask(client, userRead, alice)));
    expect(values).toHaveLength(5);
    expect(upstream.asked).toHaveLength(6);
  });

  it("and is held though it is stale is served as it is held", async () => {
    const upstream = await fakeUpstream((response, _asked, nth) => {
      if (nth === 1) response.writeHead(200, { "cache-control": "max-age=60" }).end(artistXml());
      else response.writeHead(503, { "retry-after": "30" }).end();
    });
    const clock = new Clock();
    const client = clientOf(upstream, {}, clock);
    const value = await details(client);
    clock.pass(3600);
    for (let nth = 0; nth < 5; nth += 1) {
      expect(await details(client)).toBe(value);
      clock.pass(5);
    }
    expect(upstream.asked).toHaveLength(2);
  });

  it("costs its operation and its caller nothing", async () => {
    const upstream = await fakeUpstream(unreadable);
    const client = clientOf(upstream);
    const asked: string[] = [];
    const remembered: string[] = [];
    const meter: Meter = {
      ask: (method) => asked.push(method),
      servedFromCache: (method) => remembered.push(method),
      sent: () => undefined,
      called: () => undefined,
      joined: () => undefined,
      goodUntil: () => undefined,
      signal: new AbortController().signal,
    };
    for (let nth = 0; nth < 3; nth += 1) await failureOf(ask(client.forOperation(meter), userRead, alice));
    expect({ asked, remembered }).toEqual({ asked: ["user/locker"], remembered: ["user/locker", "user/locker"] });
  });
});

describe("what money depends on", () => {
  it("is asked for whatever failed a moment ago, and spares nobody else a call", async () => {
    const upstream = await fakeUpstream(unreadable);
    const client = clientOf(upstream);
    for (let calls = 1; calls <= 3; calls += 1) {
      await failureOf(ask(client.critical(), userRead, alice));
      expect(upstream.asked).toHaveLength(calls);
    }
    upstream.behaviour = healthy;
    expect(await ask(client, userRead, alice)).toBeDefined();
  });

  it("is sent again each time, and so is every write", async () => {
    const upstream = await fakeUpstream((response) => response.writeHead(500).end());
    const client = clientOf(upstream);
    for (const endpoint of [purchase, basketWrite]) {
      for (let nth = 0; nth < 3; nth += 1) await failureOf(ask(client, endpoint, inBritain));
    }
    expect(upstream.asked).toHaveLength(6);
  });

  it("clears what failed once it is answered", async () => {
    const upstream = await fakeUpstream(unreadable);
    const client = clientOf(upstream);
    await failureOf(ask(client, userRead, alice));
    upstream.behaviour = healthy;
    await ask(client.critical(), userRead, alice);
    expect(await ask(client, userRead, alice)).toBeDefined();
  });
});

it("asking anew makes a call whatever failed a moment ago", async () => {
  const upstream = await fakeUpstream(unreadable);
  const client = clientOf(upstream);
  await failureOf(details(client));
  upstream.behaviour = healthy;
  expect(await details(client.bypassCache())).toBeDefined();
});

describe("a write, done or not,", () => {
  it.each<[string, boolean]>([
    ["done", true],
    ["failed", false],
  ])("(%s) lets what it may have changed be read again, and nothing else", async (_what, works) => {
    const upstream = await fakeUpstream((response, { path }) => {
      if (works && path.endsWith("/addItem")) response.end(artistXml());
      else unreadable(response);
    });
    const client = clientOf(upstream);
    const reads = (): Promise<unknown>[] => [
      failureOf(ask(client, basketRead, inBritain, "1")),
      failureOf(ask(client, basketRead, inBritain, "2")),
      failureOf(ask(client, artistDetails, inBritain, "3")),
    ];
    await Promise.all(reads());
    await ask(client, basketWrite, inBritain, "1").catch(() => undefined);
    upstream.asked.length = 0;
    await Promise.all(reads());
    expect(upstream.asked.map(({ path, query }) => [path, query.get("artistId")])).toEqual([["/1.2/basket", "1"]]);
  });

  it("of a user's lets that user's reads be made again, and no other user's", async () => {
    const upstream = await fakeUpstream(unreadable);
    const client = clientOf(upstream);
    const [bob, carol] = [session("bob"), session("carol")];
    for (const of of [bob, carol]) await failureOf(ask(client, userRead, of));
    await failureOf(ask(client, purchase, bob, "9"));
    upstream.asked.length = 0;
    for (const of of [bob, carol]) await failureOf(ask(client, userRead, of));
    expect(upstream.asked).toHaveLength(1);
  });
});

describe("Retry-After of a server that fails", () => {
  it.each<[string, string, number, number]>([
    ["is the time for which the key is left alone", "30", 30, 30],
    ["may be a date", "a date", 30, 30],
    ["keeps a key back for a minute at most", "3600", 3600, 60],
    ["does not shorten the five seconds", "1", 1, 5],
  ])("%s: %s", async (_what, retryAfter, resetSeconds, heldSeconds) => {
    const clock = new Clock();
    const value = retryAfter === "a date" ? new Date(clock.ms + 30_000).toUTCString() : retryAfter;
    const upstream = await fakeUpstream((response) => response.writeHead(503, { "retry-after": value }).end("<html>busy</html>"));
    const client = clientOf(upstream, {}, clock);
    const failure = await failureOf(ask(client, basketRead, inBritain));
    expect(failure).toMatchObject({ code: "UPSTREAM_UNAVAILABLE", httpStatus: 503, resetAtMs: clock.ms + resetSeconds * 1000 });
    expect(upstream.asked, "no second try before").toHaveLength(1);
    upstream.behaviour = healthy;
    clock.pass(heldSeconds - 0.1);
    expect(await failureOf(ask(client, basketRead, inBritain))).toBe(failure);
    clock.pass(0.1);
    expect(await ask(client, basketRead, inBritain)).toBeDefined();
  });

  it.each(["0", "-5", "soon", "99999999", "Thu, 01 Jan 1970 00:00:00 GMT"])("that is %j changes nothing", async (retryAfter) => {
    const upstream = await fakeUpstream((response) => response.writeHead(503, { "retry-after": retryAfter }).end());
    const failure = await failureOf(ask(clientOf(upstream), basketRead, inBritain));
    expect(failure).toMatchObject({ code: "UPSTREAM_UNAVAILABLE", resetAtMs: undefined });
    expect(upstream.asked).toHaveLength(2);
  });

  it("is a matter of one key: others are asked for", async () => {
    const upstream = await fakeUpstream((response) => response.writeHead(503, { "retry-after": "3600" }).end());
    const client = clientOf(upstream);
    await failureOf(details(client, "1"));
    upstream.behaviour = healthy;
    expect(await details(client, "2")).toBeDefined();
    expect(await ask(client, signedRead, inBritain)).toBeDefined();
  });
});

it("of a thousand failures the oldest leave", async () => {
  const upstream = await fakeUpstream(unreadable);
  const client = clientOf(upstream);
  for (let nth = 0; nth <= 1000; nth += 1) await failureOf(ask(client, basketRead, inBritain, String(nth)));
  upstream.asked.length = 0;
  await failureOf(ask(client, basketRead, inBritain, "1000"));
  expect(upstream.asked).toHaveLength(0);
  await failureOf(ask(client, basketRead, inBritain, "0"));
  expect(upstream.asked).toHaveLength(1);
});
