import { describe, expect, it } from "vitest";
import { QuotaTracker } from "../../../src/upstream/limits/quota.js";
import { artistXml, fakeUpstream } from "../../support/fake-upstream.js";
import {
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

const aUser = { token: { key: "a-token", secret: "its-secret" } };

function headersOf(values: Record<string, string>) {
  return (name: string): string | undefined => values[name];
}

function rate(limit: string, current: string, reset: string): Record<string, string> {
  return { "x-ratelimit-limit": limit, "x-ratelimit-current": current, "x-ratelimit-reset": reset };
}

describe("the allowance that headers tell", () => {
  it("is limit, used, remaining and when it starts again", () => {
    const allowance = new QuotaTracker(5);
    allowance.observe(headersOf(rate("4000", "24", "18953")), 1_000_000);
    expect(allowance.quota).toEqual({ limit: 4000, used: 24, remaining: 3976, resetAtMs: 19_953_000, observedAtMs: 1_000_000 });
  });

  it.each([
    ["a negative number", rate("4000", "-1", "10")],
    ["a fraction", rate("4000", "1.5", "10")],
    ["an exponent", rate("4e3", "1", "10")],
    ["nothing in a header", rate("4000", "", "10")],
    ["words", rate("lots", "some", "soon")],
    ["two headers of one name that differ", rate("4000, 5000", "1", "10")],
    ["a limit of none", rate("0", "1", "10")],
    ["a period of years", rate("4000", "4000", "99999999")],
    ["a header missing", { "x-ratelimit-limit": "4000", "x-ratelimit-current": "4000" }],
    ["all headers missing", {}],
  ])("F38: stays the last good one after %s", (_what, headers) => {
    const allowance = new QuotaTracker(5);
    allowance.observe(headersOf(rate("4000", "24", "18953")), 0);
    allowance.observe(headersOf(headers), 1000);
    expect(allowance.quota).toMatchObject({ used: 24, observedAtMs: 0 });
  });

  it("may come twice, where both say the same", () => {
    const allowance = new QuotaTracker(5);
    allowance.observe(headersOf(rate("4000, 4000", "24,24", "10, 10")), 0);
    expect(allowance.quota).toMatchObject({ limit: 4000, used: 24, resetAtMs: 10_000 });
  });

  it("is unknown before 7digital told", () => {
    const allowance = new QuotaTracker(5);
    expect(allowance.quota).toBeUndefined();
    expect(allowance.spentUntil(0)).toBeUndefined();
  });

  it.each(["-5", "soon", "99999999", "Thu, 99 Foo 2026 GMT", ""])("is not barred by Retry-After %j", (retryAfter) => {
    const allowance = new QuotaTracker(5);
    expect(allowance.rejected(headersOf({ "retry-after": retryAfter }), 0)).toBeUndefined();
    expect(allowance.spentUntil(0)).toBeUndefined();
  });
});

describe("a client whose allowance is spent", () => {
  it("F37: sends nothing until the period ends, and then asks again", async () => {
    const upstream = await fakeUpstream((response, _asked, nth) => {
      response.writeHead(200, rate("4000", nth === 1 ? "4000" : "1", "600")).end(artistXml());
    });
    const clock = new Clock();
    const client = clientOf(upstream, {}, clock);
    await details(client, "1");
    const resetAtMs = clock.ms + 600_000;
    expect(client.quota()).toMatchObject({ limit: 4000, used: 4000, remaining: 0, resetAtMs });
    clock.pass(599);
    expect(await failureOf(details(client, "2"))).toMatchObject({ code: "UPSTREAM_RATE_LIMITED", resetAtMs, retryable: false });
    expect(upstream.asked).toHaveLength(1);
    clock.pass(1);
    expect(await details(client, "2")).toBeDefined();
    expect(client.quota()).toMatchObject({ used: 1 });
  });

  it("serves what it holds though it is stale", async () => {
    const headers = { ...rate("4000", "4000", "86400"), "cache-control": "private, max-age=60" };
    const upstream = await fakeUpstream((response) => response.writeHead(200, headers).end(artistXml()));
    const clock = new Clock();
    const client = clientOf(upstream, {}, clock);
    const value = await details(client);
    clock.pass(3600);
    expect(await details(client)).toBe(value);
    expect(upstream.asked).toHaveLength(1);
  });
});

describe("F36: when 95 % of the allowance are used", () => {
  const day = { "cache-control": "private, max-age=60" };

  /** Counts as 7digital does, from `used` on. */
  async function counting(used: number, limit = 1000) {
    return fakeUpstream((response, _asked, nth) => {
      const headers = { ...day, ...rate(String(limit), String(used + nth), "3600") };
      setTimeout(() => response.writeHead(200, headers).end(artistXml()), 5);
    });
  }

  it("F36: the catalogue is refused before it is sent, with the time to come back, and baskets and users are served", async () => {
    const upstream = await counting(948);
    const clock = new Clock();
    const client = clientOf(upstream, {}, clock);
    await details(client, "1");
    await details(client, "2");
    const resetAtMs = clock.ms + 3_600_000;
    expect(await failureOf(details(client, "3"))).toMatchObject({ code: "QUOTA_RESERVED", notSent: true, resetAtMs });
    for (const one of [basketRead, basketWrite, signedRead, purchase]) {
      expect(await client.call(one, { artistId: "1" }, inBritain)).toBeDefined();
    }
    expect(await details(client.critical(), "4")).toBeDefined();
    expect(upstream.asked).toHaveLength(7);
    clock.pass(3600);
    expect(await details(client, "3")).toBeDefined();
  });

  it("F36: what is remembered is served though it is stale, and not renewed", async () => {
    const upstream = await counting(949);
    const clock = new Clock();
    const client = clientOf(upstream, {}, clock);
    const value = await details(client);
    for (const seconds of [61, 1000, 1000]) {
      clock.pass(seconds);
      expect(await details(client)).toBe(value);
    }
    expect(upstream.asked).toHaveLength(1);
  });

  it("F36: a burst does not take what is kept", async () => {
    const upstream = await counting(939);
    const client = clientOf(upstream);
    await details(client, "first");
    const ends = await Promise.allSettled(Array.from({ length: 100 }, (_, nth) => details(client, String(nth))));
    expect(ends.filter(({ status }) => status === "fulfilled")).toHaveLength(10);
    expect(client.quota()).toMatchObject({ used: 950 });
  });

  it("F36: what users only read leaves half of the reserve to baskets and purchases", async () => {
    const upstream = await counting(973);
    const client = clientOf(upstream);
    await client.call(basketRead, { artistId: "1" }, inBritain);
    const read = (): Promise<unknown> => Promise.resolve(client.call(userRead, { artistId: "1" }, { ...inBritain, user: aUser }));
    expect(await read()).toBeDefined();
    for (const refused of [read(), client.call(basketRead, { artistId: "1" }, inBritain)]) {
      expect(await failureOf(refused)).toMatchObject({ code: "QUOTA_RESERVED", notSent: true });
    }
    expect(await client.critical().call(basketRead, { artistId: "1" }, inBritain)).toBeDefined();
    for (const one of [basketWrite, signedRead, purchase]) {
      expect(await client.call(one, { artistId: "1" }, inBritain)).toBeDefined();
    }
  });

  it("F37: that is spent refuses looks before a purchase, but not those right after its call", async () => {
    const upstream = await counting(999);
    const client = clientOf(upstream);
    expect(await client.call(purchase, { artistId: "1" }, inBritain)).toBeDefined();
    const look = (asked: Pick<typeof client, "call">) => Promise.resolve(asked.call(basketRead, { artistId: "1" }, inBritain));
    expect(await failureOf(look(client.critical()))).toMatchObject({ code: "UPSTREAM_RATE_LIMITED", notSent: true });
    expect(await look(client.reconciling())).toBeDefined();
    expect(upstream.asked).toHaveLength(2);
  });

  it("F37: a burst does not ask for more than is left, and keeps no purchase from being tried", async () => {
    const upstream = await counting(989);
    const client = clientOf(upstream);
    const read = (): Promise<unknown> => Promise.resolve(client.call(signedRead, { artistId: "1" }, inBritain));
    await read();
    const ends = Promise.allSettled(Array.from({ length: 100 }, read));
    const bought = client.call(purchase, { artistId: "1" }, inBritain);
    expect((await ends).filter(({ status }) => status === "fulfilled")).toHaveLength(10);
    expect(await bought).toBeDefined();
    expect(upstream.asked).toHaveLength(12);
  });

  it("F38: calls whose answers tell nothing are counted here", async () => {
    const upstream = await fakeUpstream((response, _asked, nth) =>
      response.writeHead(200, nth === 1 ? rate("100", "90", "3600") : rate("100", "-1", "soon")).end(artistXml()),
    );
    const client = clientOf(upstream);
    const ends = [];
    for (let nth = 0; nth < 10; nth += 1)
      ends.push(
        await details(client, String(nth)).then(
          () => "sent",
          () => "kept",
        ),
      );
    expect(ends).toEqual([...Array.from({ length: 6 }, () => "sent"), ...Array.from({ length: 4 }, () => "kept")]);
  });
});

describe("a refusal for too many calls", () => {
  it.each([
    ["429", 429, "slow down"],
    ["403 that speaks of a quota", 403, "Your daily quota has been used up"],
    ["403 that speaks of a limit", 403, "<h1>Developer Over Rate Limit: limit exceeded</h1>"],
    ["403 of an API gateway", 403, "<h1>Developer Over Qps</h1>"],
  ])("F35: as %s is told with its time and not tried again", async (_what, status, body) => {
    const upstream = await fakeUpstream((response) => response.writeHead(status, { "retry-after": "3600" }).end(body));
    const clock = new Clock();
    const client = clientOf(upstream, {}, clock);
    const expected = { code: "UPSTREAM_RATE_LIMITED", resetAtMs: clock.ms + 3_600_000 };
    expect(await failureOf(details(client))).toMatchObject({ ...expected, httpStatus: status });
    expect(await failureOf(details(client, "2"))).toMatchObject(expected);
    expect(upstream.asked).toHaveLength(1);
  });

  it("may tell its time as a date", async () => {
    const clock = new Clock();
    const upstream = await fakeUpstream((response) =>
      response.writeHead(429, { "retry-after": new Date(clock.ms + 60_000).toUTCString() }).end(),
    );
    expect(await failureOf(details(clientOf(upstream, {}, clock)))).toMatchObject({ resetAtMs: clock.ms + 60_000 });
  });

  it.each([
    ["60, 60", 60],
    ["60, 120", 120],
    ["0060", 60],
  ])("tells its time as %j", async (retryAfter, seconds) => {
    const upstream = await fakeUpstream((response) => response.writeHead(429, { "retry-after": retryAfter }).end());
    const clock = new Clock();
    expect(await failureOf(details(clientOf(upstream, {}, clock)))).toMatchObject({ resetAtMs: clock.ms + seconds * 1000 });
  });

  it("without a time bars nothing: it may be over in a moment", async () => {
    const upstream = await fakeUpstream((response, _asked, nth) => {
      if (nth === 1) response.writeHead(429, rate("4000", "10", "600")).end();
      else response.end(artistXml());
    });
    const client = clientOf(upstream);
    expect(await failureOf(details(client))).toMatchObject({ code: "UPSTREAM_RATE_LIMITED", resetAtMs: undefined });
    expect(await details(client)).toBeDefined();
  });

  it.each(["", "<h1>Forbidden</h1>"])("is a 403 whose headers say that the day's calls are spent, whatever its body: %j", async (body) => {
    const spent = { "x-ratelimit-limit": "4000", "x-ratelimit-current": "4000", "x-ratelimit-reset": "120" };
    const upstream = await fakeUpstream((response) => response.writeHead(403, spent).end(body));
    expect(await failureOf(details(clientOf(upstream)))).toMatchObject({ code: "UPSTREAM_RATE_LIMITED", httpStatus: 403 });
  });

  it("is not what every 403 is", async () => {
    const upstream = await fakeUpstream((response) => response.writeHead(403).end("Forbidden"));
    expect(await failureOf(details(clientOf(upstream)))).toMatchObject({ code: "UPSTREAM_ERROR", httpStatus: 403 });
    expect(upstream.asked).toHaveLength(1);
  });
});
