/** What becomes of calls while most of them fail. */
import type { ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import { UpstreamError } from "../../../src/upstream/errors.js";
import { Breaker } from "../../../src/upstream/limits/breaker.js";
import { artistXml, errorXml, fakeUpstream, respond } from "../../support/fake-upstream.js";
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

const params = { artistId: "1" };

/** Fails without an HTTP answer, and without asking for a second try. */
function broken(response: ServerResponse): void {
  response.socket?.end("HTTP/1.1 abc OK\r\n\r\n");
}

const healthy = respond(artistXml());

async function times(count: number, call: (nth: number) => unknown): Promise<void> {
  for (let nth = 0; nth < count; nth += 1) await Promise.resolve(call(nth)).catch(() => undefined);
}

describe("a breaker", () => {
  let subjects = 0;
  const another = (): string => `artist ${String((subjects += 1))}`;

  /** Each of a call about something else. */
  function ended(breaker: Breaker, clock: Clock, verdicts: string, subject = another): void {
    for (const verdict of verdicts) {
      clock.ms += 1;
      breaker.admit("artist/details", subject())(verdict === "+" ? "answered" : verdict === "-" ? "failed" : undefined);
    }
  }

  it.each([
    ["nine failures", "---------", "closed"],
    ["ten failures", "----------", "open"],
    ["half of ten", "+++++-----", "open"],
    ["less than half of ten", "++++++----", "closed"],
    ["every second of ten", "+-+-+-+-+-", "open"],
    ["many failures among more answers", "++-".repeat(50), "closed"],
    ["ends that say nothing", `.........${".".repeat(30)}---------`, "closed"],
  ])("after %s in ten seconds is as it should", (_what, verdicts, state) => {
    const clock = new Clock();
    const breaker = new Breaker(() => clock.ms);
    ended(breaker, clock, verdicts);
    expect(breaker.state).toBe(state);
  });

  it("forgets what is ten seconds ago", () => {
    const clock = new Clock();
    const breaker = new Breaker(() => clock.ms);
    ended(breaker, clock, "---------");
    clock.pass(10);
    ended(breaker, clock, "-");
    expect(breaker.state).toBe("closed");
    clock.pass(5);
    ended(breaker, clock, "---------");
    expect(breaker.state).toBe("open");
  });

  it("is not moved by calls that began before it changed", () => {
    const clock = new Clock();
    const breaker = new Breaker(() => clock.ms);
    const late = Array.from({ length: 20 }, () => breaker.admit("artist/details", another()));
    ended(breaker, clock, "----------");
    late[0]?.("answered");
    expect(breaker.state).toBe("open");
    clock.pass(5);
    ended(breaker, clock, "+");
    expect(breaker.state).toBe("closed");
    for (const one of late.slice(1)) one("failed");
    expect(breaker.state).toBe("closed");
  });

  describe("F58: and items that cannot be answered", () => {
    const one = (): string => "artist 7";

    it("counts what fails again and again as one", () => {
      const clock = new Clock();
      const breaker = new Breaker(() => clock.ms);
      for (let nth = 0; nth < 300; nth += 1) {
        ended(breaker, clock, "-", one);
        if (nth % 5 === 0) ended(breaker, clock, "+");
        expect(breaker.state).toBe("closed");
        clock.pass(0.2);
      }
    });

    it("counts what failed and was then answered as answered", () => {
      const clock = new Clock();
      const breaker = new Breaker(() => clock.ms);
      for (let nth = 0; nth < 20; nth += 1) ended(breaker, clock, "-+", () => `artist ${String(nth)}`);
      expect(breaker.state).toBe("closed");
    });

    it("knows a dead server within ten of them, however many were answered just before", () => {
      const clock = new Clock();
      const breaker = new Breaker(() => clock.ms);
      ended(breaker, clock, "+".repeat(500));
      ended(breaker, clock, "---------");
      expect(breaker.state).toBe("closed");
      ended(breaker, clock, "-");
      expect(breaker.state).toBe("open");
    });

    it("takes calls that end late for what they were when they began", () => {
      const clock = new Clock();
      const breaker = new Breaker(() => clock.ms);
      const slow = Array.from({ length: 12 }, () => breaker.admit("artist/details", another()));
      ended(breaker, clock, "+".repeat(30));
      // They began before calls that were answered: no reason to think that the server is down now.
      for (const settle of slow) settle("failed");
      expect(breaker.state).toBe("closed");
    });

    it("holds no more than a bounded number of them", () => {
      const clock = new Clock();
      const breaker = new Breaker(() => clock.ms);
      ended(breaker, clock, "-".repeat(9));
      // All within a second; the failures are pushed out by what came later.
      for (let nth = 0; nth < 2000; nth += 1) breaker.admit("artist/details", another())("answered");
      ended(breaker, clock, "-".repeat(9));
      expect(breaker.state).toBe("closed");
    });
  });

  describe("F58: looks whether 7digital answers again", () => {
    async function opened() {
      const clock = new Clock();
      const breaker = new Breaker(() => clock.ms);
      await Promise.resolve();
      const names = Array.from({ length: 10 }, another);
      for (const name of names) breaker.admit("artist/details", name)("failed");
      expect(breaker.state).toBe("open");
      const isLetThrough = (name: string): boolean => {
        try {
          breaker.admit("artist/details", name)(undefined);
          return true;
        } catch {
          return false;
        }
      };
      return { clock, breaker, first: names[0] ?? "", last: names[9] ?? "", isLetThrough };
    }

    it("first by what has not failed", async () => {
      const { clock, first, last, isLetThrough } = await opened();
      clock.pass(5);
      expect([isLetThrough(first), isLetThrough(last), isLetThrough(another())]).toEqual([false, false, true]);
    });

    it("half a second later also by what has, but for what failed last", async () => {
      const { clock, first, last, isLetThrough } = await opened();
      clock.pass(5.5);
      expect([isLetThrough(last), isLetThrough(first)]).toEqual([false, true]);
    });

    it("never by what failed as the last probe", async () => {
      const { clock, breaker, isLetThrough } = await opened();
      clock.pass(5);
      const probe = another();
      breaker.admit("artist/details", probe)("failed");
      clock.pass(14);
      expect(isLetThrough(probe)).toBe(false);
      expect(isLetThrough(another())).toBe(true);
    });

    it("or closes after ten seconds in which nothing else was asked for", async () => {
      const { clock, breaker, last } = await opened();
      for (const seconds of [5, 9.9]) {
        clock.pass(seconds);
        expect(() => breaker.admit("artist/details", last)).toThrow(UpstreamError);
      }
      clock.pass(0.1);
      breaker.admit("artist/details", last)("failed");
      expect(breaker.state).toBe("closed");
    });
  });

  it("lets the next call try where the one that was to see did not find out", () => {
    const clock = new Clock();
    const breaker = new Breaker(() => clock.ms);
    ended(breaker, clock, "----------");
    clock.pass(5);
    const probe = breaker.admit("artist/details", another());
    expect(breaker.state).toBe("halfOpen");
    probe(undefined);
    expect(breaker.state).toBe("open");
    ended(breaker, clock, "+");
    expect(breaker.state).toBe("closed");
  });
});

describe("F58: while 7digital is dead", () => {
  it("F58: calls are refused at once, with the time of the next look at it", async () => {
    const upstream = await fakeUpstream(broken);
    const clock = new Clock();
    const client = clientOf(upstream, {}, clock);
    await times(10, (nth) => details(client, String(nth)));
    expect(upstream.asked).toHaveLength(10);
    expect(client.stats().breakers).toEqual({ read: "open", signedRead: "closed", write: "closed", money: "closed" });

    const tookMs: number[] = [];
    for (let nth = 0; nth < 50; nth += 1) {
      const startedMs = performance.now();
      const failure = await failureOf(details(client, `cold ${String(nth)}`));
      tookMs.push(performance.now() - startedMs);
      expect(failure).toMatchObject({ code: "UPSTREAM_UNAVAILABLE", notSent: true, retryable: false, resetAtMs: clock.ms + 5000 });
    }
    expect(tookMs.sort((one, other) => one - other)[25]).toBeLessThan(5);
    expect(upstream.asked).toHaveLength(10);
  });

  it("F58: one call in five seconds is let through, and all once it was answered", async () => {
    const upstream = await fakeUpstream(broken);
    const clock = new Clock();
    const client = clientOf(upstream, {}, clock);
    await times(10, (nth) => details(client, String(nth)));
    for (let probes = 1; probes <= 3; probes += 1) {
      clock.pass(5);
      await times(20, (nth) => details(client, String(nth)));
      expect(upstream.asked).toHaveLength(10 + probes);
    }
    upstream.behaviour = healthy;
    clock.pass(4.9);
    expect(await failureOf(details(client, "30"))).toMatchObject({ code: "UPSTREAM_UNAVAILABLE" });
    clock.pass(0.1);
    await Promise.all([details(client, "30"), expect(failureOf(details(client, "31"))).resolves.toMatchObject({ notSent: true })]);
    expect(client.stats().breakers.read).toBe("closed");
    await Promise.all(Array.from({ length: 20 }, (_, nth) => details(client, String(nth))));
  });

  it("F58: a call that only looks is not sent twice", async () => {
    const upstream = await fakeUpstream((response) => response.writeHead(503).end());
    const clock = new Clock();
    const client = clientOf(upstream, {}, clock);
    await times(20, (nth) => details(client, String(nth)));
    const { length } = upstream.asked;
    clock.pass(5);
    await times(20, (nth) => details(client, String(nth)));
    expect(upstream.asked).toHaveLength(length + 1);
  });

  it("F58: reads, writes and purchases each have a breaker of their own", async () => {
    const upstream = await fakeUpstream(broken);
    const client = clientOf(upstream);
    const sorts = [
      [basketRead, "read"],
      [signedRead, "signedRead"],
      [basketWrite, "write"],
      [purchase, "money"],
    ] as const;
    for (const [endpoint, sort] of sorts) {
      upstream.behaviour = healthy;
      expect(await client.call(endpoint, params, inBritain)).toBeDefined();
      upstream.behaviour = broken;
      await times(20, (nth) => client.call(endpoint, { artistId: `a${String(nth)}` }, inBritain));
      expect(client.stats().breakers[sort]).toBe("open");
      expect(await failureOf(client.call(endpoint, params, inBritain))).toMatchObject({ notSent: true });
    }
  });

  it("F58: calls that money depends on are made all the same", async () => {
    const upstream = await fakeUpstream(broken);
    const client = clientOf(upstream);
    await times(10, (nth) => details(client, String(nth)));
    upstream.behaviour = healthy;
    expect(await client.critical().call(basketRead, params, inBritain)).toEqual({ id: "1", name: "Keane" });
    expect(await failureOf(client.call(basketRead, params, inBritain))).toMatchObject({ notSent: true });
  });

  it("F58: what is remembered is not renewed meanwhile", async () => {
    const upstream = await fakeUpstream(broken);
    upstream.behaviour = healthy;
    const clock = new Clock();
    const client = clientOf(upstream, {}, clock);
    await times(50, (nth) => details(client, String(nth)));
    upstream.behaviour = broken;
    await times(100, (nth) => details(client, `cold ${String(nth)}`));
    expect(client.stats().breakers.read).toBe("open");
    const { length } = upstream.asked;
    clock.pass(61);
    await failureOf(details(client, "probe"));
    for (let nth = 0; nth < 50; nth += 1) {
      expect(client.call(artistDetails, { artistId: String(nth) }, inBritain)).toEqual({ id: "1", name: "Keane" });
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(upstream.asked.length).toBeLessThanOrEqual(length + 1);
  });
});

describe("a breaker stays closed after", () => {
  it.each<[string, (response: ServerResponse) => void, string]>([
    ["what is not there", (response) => response.end(errorXml("2001")), "NOT_FOUND"],
    ["what is not sold there", (response) => response.end(errorXml("2002")), "NOT_AVAILABLE_IN_COUNTRY"],
    ["refused input", (response) => response.end(errorXml("1001")), "UPSTREAM_REJECTED_INPUT"],
    ["a card's trouble", (response) => response.end(errorXml("3002")), "UPSTREAM_ERROR"],
    ["an unknown code", (response) => response.end(errorXml("4242")), "UPSTREAM_ERROR"],
    ["F32: our key's refusal", (response) => response.writeHead(401).end("OAuth error"), "UPSTREAM_AUTH"],
    ["too many calls", (response) => response.writeHead(429).end(), "UPSTREAM_RATE_LIMITED"],
    ["a page for people", (response) => response.end("<html><body>Back soon</body>"), "UPSTREAM_BAD_RESPONSE"],
    ["a page for people, as HTTP 404", (response) => response.writeHead(404).end("<html></html>"), "UPSTREAM_BAD_RESPONSE"],
    ["nothing, as HTTP 400", (response) => response.writeHead(400).end(), "UPSTREAM_BAD_RESPONSE"],
    ["a refusal", (response) => response.writeHead(403).end("Forbidden"), "UPSTREAM_ERROR"],
    ["a redirect", (response) => response.writeHead(301).end(), "UPSTREAM_BAD_RESPONSE"],
    ["a charset that it is not in", (response) => response.end(Buffer.from(artistXml("\xe9"), "latin1")), "UPSTREAM_BAD_RESPONSE"],
    ["too much of it", (response) => response.end(Buffer.alloc(5_000_000, " ")), "UPSTREAM_BAD_RESPONSE"],
  ])("%s", async (_what, fail, code) => {
    const upstream = await fakeUpstream(fail);
    const client = clientOf(upstream, { cacheBytes: 0 });
    for (let nth = 0; nth < 30; nth += 1) expect(await failureOf(details(client, String(nth)))).toMatchObject({ code });
    expect(client.stats().breakers.read).toBe("closed");
    expect(upstream.asked).toHaveLength(30);
  });

  it("users who have no or a wrong token", async () => {
    const upstream = await fakeUpstream((response) => response.writeHead(401).end("OAuth error"));
    const client = clientOf(upstream);
    const user = { token: { key: "t", secret: "s" } };
    for (let nth = 0; nth < 30; nth += 1) {
      for (const session of [inBritain, { ...inBritain, user }]) {
        expect(await failureOf(client.call(userRead, params, session))).toMatchObject({ code: "UNAUTHENTICATED" });
      }
    }
    expect(client.stats().breakers.read).toBe("closed");
  });

  it("F32: our key's refusal where it signs for a partner's user, who has no token", async () => {
    const upstream = await fakeUpstream((response) => response.writeHead(401).end("OAuth error"));
    const session = { ...inBritain, user: { partnerUserId: "u1" } };
    expect(await failureOf(clientOf(upstream).call(userRead, params, session))).toMatchObject({ code: "UPSTREAM_AUTH" });
  });

  it("calls that were never made for want of a slot", async () => {
    const upstream = await fakeUpstream((response) => setTimeout(() => response.end(artistXml()), 50));
    const client = clientOf(upstream, { maxConnections: 1, maxWaiting: 0 });
    const ends = await Promise.allSettled(Array.from({ length: 40 }, (_, nth) => details(client, String(nth))));
    expect(ends.filter(({ status }) => status === "rejected")).toHaveLength(39);
    expect(client.stats().breakers.read).toBe("closed");
  });
});

it.each([
  ["7001", 200, "closed"],
  ["9001", 200, "closed"],
  ["7001", 400, "closed"],
  ["9001", 500, "open"],
  ["2001", 500, "closed"],
])(
  "F26: 7digital's error %s with HTTP %i leaves the circuit %s: a complete answer below 500 proves that it is up, and so does a code that says what is wrong",
  async (code, status, state) => {
    const upstream = await fakeUpstream((response) => response.writeHead(status).end(errorXml(code)));
    const client = clientOf(upstream);
    await times(20, (nth) => details(client, String(nth)));
    expect(client.stats().breakers.read).toBe(state);
    expect(await failureOf(details(client))).toBeInstanceOf(UpstreamError);
  },
);
