/** What the status and the headers of an answer say counts, whatever its body is. */
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { artistXml, errorXml, fakeUpstream, respond, type FakeUpstream } from "../../support/fake-upstream.js";
import {
  basketRead,
  basketWrite,
  clientOf,
  Clock,
  details,
  failureOf,
  inBritain,
  signedRead,
  userRead,
} from "../../support/test-client.js";

interface Body {
  readonly headers?: Readonly<Record<string, string>>;
  readonly bytes: string | Buffer;
  /** Says that there is more, and breaks off. */
  readonly isCut?: boolean;
}

const page = "<html><body><h1>Something</h1></body></html>";

const bodies: readonly (readonly [string, Body])[] = [
  ["a page for people", { headers: { "content-type": "text/html" }, bytes: page }],
  ["nothing", { bytes: "" }],
  ["plain text", { headers: { "content-type": "text/plain" }, bytes: "no" }],
  ["JSON", { headers: { "content-type": "application/json" }, bytes: '{"error":"no"}' }],
  ["an unknown charset", { headers: { "content-type": "text/html; charset=none" }, bytes: page }],
  [
    "bytes of no charset",
    { headers: { "content-type": "text/xml; charset=utf-8" }, bytes: Buffer.from("<html>\xe9\xff</html>", "latin1") },
  ],
  ["gzip that is none", { headers: { "content-encoding": "gzip" }, bytes: page }],
  ["gzip of nothing", { headers: { "content-encoding": "gzip", "content-type": "text/plain" }, bytes: "" }],
  ["gzip that is damaged", { headers: { "content-encoding": "gzip" }, bytes: gzipSync(page).subarray(0, 20) }],
  ["a compression that was not asked for", { headers: { "content-encoding": "br" }, bytes: "\u0001\u0002" }],
  ["a bomb", { headers: { "content-encoding": "gzip" }, bytes: gzipSync(Buffer.alloc(50_000_000)) }],
  ["five megabytes", { bytes: Buffer.alloc(5_000_000, " ") }],
  ["half of what it says", { headers: { "content-length": "5000" }, bytes: page, isCut: true }],
  ["an answer of 7digital's", { headers: { "content-type": "text/xml" }, bytes: artistXml() }],
  ["UTF-16", { headers: { "content-type": "text/html" }, bytes: Buffer.from(`\ufeff${page}`, "utf16le") }],
];

async function upstreamOf(
  status: number,
  { headers, bytes, isCut = false }: Body,
  more: Readonly<Record<string, string>> = {},
): Promise<FakeUpstream> {
  return fakeUpstream((response) => {
    response.writeHead(status, { ...headers, ...more });
    if (!isCut) response.end(bytes);
    else response.write(bytes, () => response.socket?.end());
  });
}

const alice = { ...inBritain, user: { token: { key: "alice", secret: "s" } } };
const quota = { "x-ratelimit-limit": "4000", "x-ratelimit-current": "4001", "x-ratelimit-reset": "60" };

describe.each(bodies)("with %s for a body", (_what, body) => {
  it("F35: 429 stops the calls until the time that it tells", async () => {
    const upstream = await upstreamOf(429, body, { "retry-after": "60", ...quota });
    const clock = new Clock();
    const client = clientOf(upstream, {}, clock);
    const expected = { code: "UPSTREAM_RATE_LIMITED", resetAtMs: clock.ms + 60_000 };
    expect(await failureOf(details(client))).toMatchObject({ ...expected, httpStatus: 429 });
    expect(client.quota()).toMatchObject({ limit: 4000, used: 4001, remaining: 0 });
    expect(await failureOf(details(client, "2"))).toMatchObject({ ...expected, notSent: true });
    expect(upstream.asked).toHaveLength(1);
  });

  it("F31, F32: 401 says whose credentials are refused, and is not tried again", async () => {
    const clock = new Clock();
    const upstream = await upstreamOf(401, body, { date: new Date(clock.ms).toUTCString() });
    const client = clientOf(upstream, {}, clock);
    expect(await failureOf(client.call(userRead, { artistId: "1" }, alice))).toMatchObject({ code: "UNAUTHENTICATED", httpStatus: 401 });
    expect(await failureOf(client.call(signedRead, { artistId: "1" }, inBritain))).toMatchObject({
      code: "UPSTREAM_AUTH",
      httpStatus: 401,
    });
    expect(await failureOf(details(client))).toMatchObject({ code: "UPSTREAM_AUTH", httpStatus: 401 });
    expect(upstream.asked).toHaveLength(3);
  });

  it("F33: 401 sets the clock by its Date", async () => {
    const clock = new Clock();
    const theirs = clock.ms + 600_000;
    const upstream = await upstreamOf(401, body, { date: new Date(theirs).toUTCString() });
    const client = clientOf(upstream, {}, clock);
    await failureOf(client.call(userRead, { artistId: "1" }, alice));
    expect(client.now()).toBe(theirs);
    expect(upstream.asked).toHaveLength(2);
  });

  it.each([500, 502, 503])("F34: %i is a server in trouble, and worth a second try", async (status) => {
    const upstream = await upstreamOf(status, body);
    expect(await failureOf(details(clientOf(upstream)))).toMatchObject({ code: "UPSTREAM_UNAVAILABLE", httpStatus: status });
    expect(upstream.asked).toHaveLength(2);
  });

  it("503 with Retry-After is not tried again before", async () => {
    const upstream = await upstreamOf(503, body, { "retry-after": "120" });
    const clock = new Clock();
    const failure = await failureOf(details(clientOf(upstream, {}, clock)));
    expect(failure).toMatchObject({ code: "UPSTREAM_UNAVAILABLE", httpStatus: 503, resetAtMs: clock.ms + 120_000 });
    expect(upstream.asked).toHaveLength(1);
  });

  it("403 is a refusal", async () => {
    const upstream = await upstreamOf(403, body);
    expect(await failureOf(client(upstream))).toMatchObject({ code: "UPSTREAM_ERROR", httpStatus: 403 });
    expect(upstream.asked).toHaveLength(1);
  });

  it("404 is no answer of 7digital's", async () => {
    const upstream = await upstreamOf(404, body);
    expect(await failureOf(client(upstream))).toMatchObject({ code: "UPSTREAM_BAD_RESPONSE", httpStatus: 404 });
    // What broke off may be whole the next time; what arrived whole is as it is.
    expect(upstream.asked).toHaveLength(body.isCut === true ? 2 : 1);
  });

  function client(upstream: FakeUpstream): Promise<unknown> {
    return details(clientOf(upstream));
  }
});

describe("a refusal for too many calls that comes as 403", () => {
  const text = "<h1>Developer Over Rate</h1>";
  it.each<[string, Body]>([
    ["in a page for people", { headers: { "content-type": "text/html" }, bytes: text }],
    ["in an unknown charset", { headers: { "content-type": "text/html; charset=none" }, bytes: text }],
    ["in bytes of no charset", { bytes: Buffer.from(`${text}\xe9\xff`, "latin1") }],
    ["in gzip that is none", { headers: { "content-encoding": "gzip" }, bytes: text }],
    ["in gzip", { headers: { "content-encoding": "gzip" }, bytes: gzipSync(text) }],
    ["in UTF-16", { bytes: Buffer.from(`\ufeff${text}`, "utf16le") }],
    ["in a body that breaks off", { headers: { "content-length": "5000" }, bytes: text, isCut: true }],
  ])("%s is known by its words", async (_what, body) => {
    const upstream = await upstreamOf(403, body, { "retry-after": "60" });
    const clock = new Clock();
    const failure = await failureOf(details(clientOf(upstream, {}, clock)));
    expect(failure).toMatchObject({ code: "UPSTREAM_RATE_LIMITED", httpStatus: 403, resetAtMs: clock.ms + 60_000 });
  });
});

describe("an error of 7digital's", () => {
  it.each([
    ["that comes as 401", 401, "2001", "UPSTREAM_AUTH"],
    ["that comes as 403", 403, "2002", "NOT_AVAILABLE_IN_COUNTRY"],
    ["that comes as 404", 404, "2001", "NOT_FOUND"],
    ["that comes as 500", 500, "2001", "NOT_FOUND"],
  ])("%s", async (_what, status, code, meaning) => {
    const upstream = await upstreamOf(status, { bytes: errorXml(code) });
    expect(await failureOf(details(clientOf(upstream)))).toMatchObject({ code: meaning, httpStatus: status });
    expect(upstream.asked).toHaveLength(1);
  });
});

it("F34: a server in trouble that speaks of OAuth says nothing about credentials", async () => {
  const upstream = await upstreamOf(503, { bytes: "OAuth service unavailable" });
  expect(await failureOf(details(clientOf(upstream)))).toMatchObject({ code: "UPSTREAM_UNAVAILABLE" });
});

it("a 503 that is over at the second try is nothing that anybody sees", async () => {
  const upstream = await fakeUpstream((response, _asked, nth) => {
    if (nth === 1) respond(page, 503, { "content-type": "text/html; charset=none" })(response);
    else response.end(artistXml());
  });
  expect(await details(clientOf(upstream))).toEqual({ id: "1", name: "Keane" });
});

it("a status that is known counts though the body never ends", async () => {
  const upstream = await fakeUpstream((response) => {
    response.writeHead(429, { "retry-after": "60", "content-length": "100000" });
    response.write("slow");
  });
  expect(await failureOf(details(clientOf(upstream, { timeoutMs: 200 })))).toMatchObject({
    code: "UPSTREAM_RATE_LIMITED",
    httpStatus: 429,
  });
});

it("what reads baskets and what changes them hears the same", async () => {
  const upstream = await upstreamOf(429, { headers: { "content-encoding": "gzip" }, bytes: "" }, { "retry-after": "60" });
  for (const endpoint of [basketRead, basketWrite]) {
    expect(await failureOf(clientOf(upstream).call(endpoint, { artistId: "1" }, inBritain))).toMatchObject({
      code: "UPSTREAM_RATE_LIMITED",
    });
  }
});
