/** Abuse of GraphQL over HTTP: methods, types, origins, JSON that is none, and URLs that lead elsewhere. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { startFacade, type Facade } from "../support/facade.js";
import { artistXml, fakeUpstream, respond } from "../support/fake-upstream.js";
import { bearerOf } from "../support/sign-in.js";
import { cpuOf } from "../support/asking.js";
import { ask, exchange, expectToWork, json, post, typename, type Answered } from "../support/raw-client.js";

const origin = "https://shop.example";
let facade: Facade;

beforeAll(async () => {
  const environment = { ALLOWED_ORIGINS: `${origin},https://good.example:8443`, RETURN_ORIGINS: "https://good.example" };
  facade = await startFacade({ environment });
});
afterAll(() => facade.close());
afterEach(() => expectToWork(facade));

const change = "mutation { basketCreate { basket { id } } }";
const badRequest = { errors: [{ message: expect.any(String) as string, extensions: { code: "BAD_REQUEST" } }] };

function expectBadRequest({ status, body }: Answered): void {
  expect([status, JSON.parse(body)]).toMatchObject([400, badRequest]);
}

describe("operations", () => {
  it("A35: are taken one by one: a list of them is refused, and none is done", async () => {
    facade.calls();
    for (const list of [Array.from({ length: 10 }, () => ({ query: change })), [{ query: change }], []]) {
      expectBadRequest(await post(facade, list));
    }
    expect(facade.calls()).toEqual([]);
  });

  it("A37: that change something are not taken by GET", async () => {
    facade.calls();
    for (const headers of [{}, { accept: "application/graphql-response+json" }, { "graphql-require-preflight": "1" }]) {
      const { status, headers: answered } = await ask(facade, { path: `/graphql?query=${encodeURIComponent(change)}`, headers });
      expect([status, answered.allow]).toEqual([405, "POST"]);
    }
    expect(facade.calls()).toEqual([]);
  });

  it.each([
    ["A38", "application/x-www-form-urlencoded", `query=${encodeURIComponent(change)}`],
    ["A38", "multipart/form-data; boundary=b", `--b\r\nContent-Disposition: form-data; name="query"\r\n\r\n${change}\r\n--b--\r\n`],
    ["A38", "text/plain", JSON.stringify({ query: change })],
    ["A38", "text/plain; application/json", JSON.stringify({ query: change })],
    ["A39", "application/graphql", change],
  ])("%s: are not taken as %s, which a page may send unasked", async (_row, type, body) => {
    facade.calls();
    for (const headers of [{}, { origin }, { "graphql-require-preflight": "1" }]) {
      expect((await post(facade, body, { "content-type": type, ...headers })).status).toBe(415);
    }
    expect(facade.calls()).toEqual([]);
  });

  it.each(["viewer { addCardUrl }", "__typename"])("A36: that carry a user's credentials are not taken by GET: %s", async (field) => {
    const users = [await bearerOf(facade), { "x-7d-oauth-token": "a", "x-7d-oauth-token-secret": "b" }, { "x-7d-user-id": "1" }];
    for (const headers of users) {
      expectBadRequest(await ask(facade, { path: `/graphql?query=${encodeURIComponent(`{ ${field} }`)}`, headers }));
    }
    expect((await ask(facade, { path: `/graphql?query=${typename}` })).status).toBe(200);
  });
});

describe("a page of another origin", () => {
  const preflight = (from: string, asked = "content-type"): Promise<Answered> =>
    ask(facade, {
      method: "OPTIONS",
      headers: { origin: from, "access-control-request-method": "POST", "access-control-request-headers": asked },
    });
  const corsHeaders = ({ headers }: Answered) => Object.keys(headers).filter((name) => name.startsWith("access-control"));

  it.each([
    ["A40", "https://evil.example"],
    ["A41", "null"],
    ["A41", "https://shop.example.evil.com"],
    ["A41", "https://evil.com/https://shop.example"],
    ["A41", "http://shop.example"],
    ["A41", "https://shop.example:444"],
    ["A41", "https://shop.example/"],
    ["A41", "https://SHOP.example"],
    ["A41", "https://shop.example, https://shop.example"],
    ["A41", ""],
  ])("%s: may not ask from %s", async (_row, from) => {
    const refused = [
      await preflight(from),
      await post(facade, { query: "{ __typename }" }, { origin: from }),
      await ask(facade, { path: `/graphql?query=${typename}`, headers: { origin: from } }),
    ];
    for (const answer of refused) expect([corsHeaders(answer), answer.headers.vary]).toEqual([[], "Origin"]);
  });

  it("A40: may ask from an origin that the operator lists, without cookies", async () => {
    for (const from of [origin, "https://good.example:8443"]) {
      const { status, headers } = await preflight(from);
      expect(status).toBe(204);
      expect(headers).toMatchObject({
        "access-control-allow-origin": from,
        "access-control-allow-methods": "POST, GET",
        "access-control-allow-headers": "content-type",
        "access-control-max-age": "7200",
        vary: "Origin, Access-Control-Request-Headers",
      });
      expect(headers).not.toHaveProperty("access-control-allow-credentials");
    }
  });

  it.each([
    ["baggage,content-type,sentry-trace,traceparent,x-request-id", "baggage, content-type, sentry-trace, traceparent, x-request-id"],
    ["Authorization, X-7D-Country,,graphql-require-preflight", "authorization, x-7d-country, graphql-require-preflight"],
    ["x!#$%&'*+-.^_`|~0", "x!#$%&'*+-.^_`|~0"],
    // What only servers hold.
    ["content-type,x-7d-operator-secret,x-7d-gateway-secret,X-7d-Oauth-Token,x-7d-oauth-token-secret,x-7d-user-id", "content-type"],
    ["x-7d-operator-secret", undefined],
    ["", undefined],
    // No names.
    ["content type", undefined],
    ["content-type, x(y)", undefined],
    ['"content-type"', undefined],
    ["*/*", undefined],
    [Array.from({ length: 65 }, (_, nth) => `x-${String(nth)}`).join(), undefined],
  ])("A40: may send what headers it asks for, and reads which: %s", async (asked, allowed) => {
    const { status, headers } = await preflight(origin, asked);
    expect([status, headers["access-control-allow-headers"]]).toEqual([204, allowed]);
    expect((await preflight("https://evil.example", asked)).headers).not.toHaveProperty("access-control-allow-headers");
  });

  it("A40: may send headers of tracing, with which it is answered as without", async () => {
    const tracing = { baggage: "a=b", "sentry-trace": "1", traceparent: "00-1-1-01", "x-request-id": "1" };
    const { status, headers } = await post(facade, { query: "{ __typename }" }, { origin, ...tracing });
    expect([status, headers["access-control-allow-origin"]]).toEqual([200, origin]);
  });

  it("A40: may read every answer where it may ask, refusals as well", async () => {
    const answers = [
      await post(facade, { query: "{ __typename }" }, { origin }),
      await post(facade, "{", { origin }),
      await post(facade, "x".repeat(200_000), { origin }),
      await post(facade, "x", { origin, "content-type": "text/plain" }),
      await post(facade, { query: "{ __typename }" }, { origin, authorization: "Bearer x" }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 400, 413, 415, 401]);
    for (const { headers } of answers) {
      expect(headers).toMatchObject({
        "access-control-allow-origin": origin,
        "access-control-expose-headers": "Retry-After",
        vary: "Origin",
      });
      expect(headers).not.toHaveProperty("access-control-allow-credentials");
    }
  });

  it("A40: varies nothing where no origin is listed, for none ever gets another answer", async () => {
    const closed = await startFacade();
    const { headers } = await post(closed, { query: "{ __typename }" }, { origin });
    expect([headers.vary, headers["access-control-allow-origin"]]).toEqual([undefined, undefined]);
    await closed.close();
  });
});

it.each(["/graphql/", "/graphql/x", "/index.html", "/playground", "/console"])("A46: shows no page at %s", async (path) => {
  const headers = { accept: "text/html" };
  const { status, headers: answered, body } = await ask(facade, { path, headers });
  expect([status, answered["content-type"]]).toEqual([404, "text/plain; charset=utf-8"]);
  expect(body.length).toBeLessThan(100);
});

describe("JSON", () => {
  const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
  // Around them are the body's own object and `variables`.
  const withVariable = (value: string) => `{"query":"query ($unused: [Int]) { __typename }","variables":{"unused":${value}}}`;

  it.each([
    `{"query":"{ __typename }","variables":{"__proto__":{"polluted":true}}}`,
    `{"query":"{ __typename }","__proto__":{"polluted":true}}`,
    `{"query":"{ __typename }","extensions":{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}}`,
    `{"query":"query ($ids: [ID!]!) { nodes(ids: $ids) { id } }","variables":{"ids":[{"__proto__":{"polluted":true}}]}}`,
    `{"__proto__":{"query":"{ __typename }"}}`,
  ])("A47: of __proto__ changes nobody's prototype: %s", async (body) => {
    const { status } = await post(facade, body);
    expect([200, 400]).toContain(status);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it("A48: is taken twenty levels deep, and no deeper", async () => {
    expect((await post(facade, `{"query":"{ __typename }","extensions":{"a":${nested(18)}}}`)).status).toBe(200);
    for (const depth of [19, 100, 40_000]) {
      expectBadRequest(await post(facade, `{"query":"{ __typename }","extensions":{"a":${nested(depth)}}}`));
      expectBadRequest(await post(facade, withVariable(nested(depth))));
    }
    const roomy = await startFacade({ environment: { LIMIT_BODY_BYTES: "1000000" } });
    expectBadRequest(await post(roomy, withVariable(nested(100_000))));
    expectBadRequest(await post(roomy, withVariable(`{"a":`.repeat(100_000))));
    expectBadRequest(await post(roomy, "[".repeat(900_000)));
    await roomy.close();
  });

  it("A48: is not deep for what stands in its strings", async () => {
    const query = `{ __typename } # ${"[{".repeat(100)} \\" \\\\ ${"[".repeat(100)}`;
    expect((await post(facade, { query, operationName: null })).status).toBe(200);
    expect((await post(facade, { query: "{ __typename }", extensions: { '"\\': "[".repeat(100) } })).status).toBe(200);
    expectBadRequest(await post(facade, `{"query":"{ __typename }","extensions":{"\\\\":${nested(30)}}}`));
  });

  it("A48: is no deeper by GET", async () => {
    for (const name of ["variables", "extensions"]) {
      const pathOf = (depth: number) => `/graphql?query=${typename}&${name}=${encodeURIComponent(`{"a":${nested(depth)}}`)}`;
      expect((await ask(facade, { path: pathOf(19) })).status).toBe(200);
      expectBadRequest(await ask(facade, { path: pathOf(20) }));
      expectBadRequest(await ask(facade, { path: pathOf(1000) }));
    }
  });

  it("is taken with 2500 values in all, and with no more", async () => {
    const unused = (count: number) => `{"a":[${new Array<string>(count).fill("1").join(",")}],"b":"${",".repeat(3000)}"}`;
    // Beside them are `query`, `extensions`, "a" and "b".
    const holding = (count: number) => `{"query":"{ __typename }","extensions":${unused(count - 4)}}`;
    expect((await post(facade, holding(2500))).status).toBe(200);
    expectBadRequest(await post(facade, holding(2501)));
    const byGet = (count: number) => ask(facade, { path: `/graphql?query=${typename}&extensions={"a":[1${",1".repeat(count - 2)}]}` });
    expect((await byGet(2500)).status).toBe(200);
    expectBadRequest(await byGet(2501));
    expectBadRequest(
      await post(facade, `{"query":"{ __typename }","extensions":{"a":[${new Array<string>(200).fill(nested(12)).join(",")}]}}`),
    );
  });

  it("A48: costs next to nothing to refuse", async () => {
    expect(await cpuOf(() => post(facade, `{"a":`.repeat(19_000)), 5)).toBeLessThan(20);
    expect(await cpuOf(() => post(facade, `"${"\\\\".repeat(45_000)}"`), 5)).toBeLessThan(20);
  });

  const operation = JSON.stringify({ query: `{ __typename } # é` });
  it.each<[string, Uint8Array, string]>([
    ["Latin-1", Buffer.from(operation, "latin1"), "application/json"],
    ["UTF-16", Buffer.from(operation, "utf16le"), "application/json"],
    ["UTF-16 that says so", Buffer.from(operation, "utf16le"), "application/json; charset=utf-16"],
    ["UTF-16 with a mark", Buffer.from(`\ufeff${operation}`, "utf16le"), "application/json"],
    ["UTF-8 that breaks off", Buffer.from(`${operation}é`).subarray(0, -1), "application/json"],
    ["UTF-8 longer than it need be", Buffer.from(operation.replace("#", "##"), "latin1").fill(0xc0, 19, 20), "application/json"],
    ["half a pair", Buffer.concat([Buffer.from(`{"query":"#`), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from(`"}`)]), "application/json"],
  ])("A49: that is no UTF-8 is refused: %s", async (_what, body, type) => {
    expectBadRequest(await post(facade, body, { "content-type": type }));
  });

  it.each(["", "{", "null", "1", '"x"', "true", "[1]", '{"query":1}', '{"query":"{ __typename }","variables":[]}', "{'query':1}"])(
    "that is no operation is refused: %s",
    async (body) => {
      expectBadRequest(await post(facade, body));
    },
  );

  it("does not come back: neither the name of a parameter nor that of an operation", async () => {
    const long = "x".repeat(50_000);
    for (const body of [
      { query: "{ __typename }", [long]: 1 },
      { query: "{ __typename }", operationName: long },
    ]) {
      const { status, body: answer } = await post(facade, body);
      expect([200, 400]).toContain(status);
      expect(answer).toMatch(/^\{"errors":/);
      expect(answer.length).toBeLessThan(500);
    }
  });
});

describe("a URL to lead people to", () => {
  const notUrls = [
    "//evil",
    "https:\\\\evil",
    "javascript:alert(1)",
    "https://good.example/\r\nLocation: https://evil",
    "file:///etc/passwd",
  ];
  const elsewhere = [
    "https://evil",
    "https://good.example@evil",
    "https://gооd.example",
    "https://93.184.216.34/",
    "https://good.evil",
    "https://good.example.evil",
    "http://127.0.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://[::1]/",
  ];
  const start = "mutation ($url: URL) { signInStart(input: { callbackUrl: $url }) { authorizeUrl userErrors { code field message } } }";

  it.each(notUrls)("A53: is rejected where it is no URL: %s", async (url) => {
    facade.calls();
    const { errors } = await facade.query(start, { url });
    expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT" } }]);
    expect(JSON.stringify(errors)).not.toContain("evil");
    expect(facade.calls()).toEqual([]);
  });

  it.each(elsewhere)("A53: is rejected elsewhere: %s", async (url) => {
    facade.calls();
    const { data, errors } = await facade.query<{ signInStart: object }>(start, { url });
    expect(errors).toBeUndefined();
    expect(data.signInStart).toMatchObject({ authorizeUrl: null, userErrors: [{ code: "INVALID", field: ["callbackUrl"] }] });
    expect(JSON.stringify(data)).not.toContain("evil");
    expect(facade.calls()).toEqual([]);
  });

  it("A54: is followed by nobody here, be it allowed or not", async () => {
    const { url: own, sockets } = await fakeUpstream((response) => response.end());
    for (const returnOrigins of ["https://good.example", own]) {
      const asked = await startFacade({ environment: { RETURN_ORIGINS: returnOrigins } });
      const { data } = await asked.query<{ signInStart: { userErrors: object[] } }>(start, { url: `${own}/back` });
      expect(data.signInStart.userErrors).toHaveLength(returnOrigins === own ? 0 : 1);
      await asked.close();
    }
    expect(sockets).toEqual([]);
  });
});

it("A55: asks 7digital as ever, whatever host a request names", async () => {
  const upstream = await fakeUpstream(respond(artistXml()));
  const environment = {
    SEVENDIGITAL_BASE_URL: `${upstream.url}/1.2`,
    SEVENDIGITAL_SECURE_BASE_URL: `${upstream.url}/1.2`,
    CACHE_MAX_BYTES: "0",
  };
  const asked = await startFacade({ environment });
  const evil = "evil.example";
  const body = JSON.stringify({ query: `{ artist(id: "1") { name } }` });
  const lines = [
    `Host: ${evil}`,
    `X-Forwarded-Host: ${evil}`,
    `X-Forwarded-Proto: https`,
    `X-Forwarded-Port: 1`,
    `Forwarded: host=${evil}`,
  ];
  const rest = ["Content-Type: application/json", `Content-Length: ${String(body.length)}`, "Connection: close"];
  const { status, answer } = await exchange(asked, `POST /graphql HTTP/1.1\r\n${[...lines, ...rest].join("\r\n")}\r\n\r\n${body}`);
  expect([status, answer]).toEqual([200, expect.stringContaining("Keane")]);
  expect(answer).not.toContain(evil);
  const [sent, ...more] = upstream.asked.map(({ headers }) => headers);
  expect(more).toEqual([]);
  expect(sent?.host).toBe(new URL(upstream.url).host);
  expect(Object.keys(sent ?? {}).filter((name) => /^(x-)?forwarded/.test(name))).toEqual([]);
  await asked.close();
});

it("A66: lets nobody keep, sniff, frame or pass on an answer, whatever it is", async () => {
  const bearer = await bearerOf(facade);
  const answers = [
    await post(facade, { query: "{ viewer { addCardUrl } }" }, bearer),
    await post(facade, "{"),
    await post(facade, "x".repeat(200_000)),
    await post(facade, "x", { "content-type": "text/plain" }),
    await post(facade, { query: "{ viewer { addCardUrl } }" }, { authorization: "Bearer x" }),
    await ask(facade, { path: `/graphql?query=${typename}` }),
    await ask(facade, { path: `/graphql?query=${typename}`, headers: bearer }),
    await ask(facade, { path: `/graphql?${"a".repeat(9000)}` }),
    await ask(facade, { path: "/nothing" }),
    await ask(facade, { path: "/health" }),
    await ask(facade, { method: "OPTIONS", headers: { origin } }),
    await ask(facade, { method: "DELETE", headers: json }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 400, 413, 415, 401, 200, 400, 414, 404, 200, 204, 405]);
  expect(answers[0]?.body).toContain("oauth_signature");
  for (const { headers } of answers) {
    expect(headers).toMatchObject({
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
      "cross-origin-resource-policy": "same-origin",
    });
    expect(Object.keys(headers).filter((name) => ["x-powered-by", "server", "set-cookie", "etag"].includes(name))).toEqual([]);
  }
});
