/** `@defer` and `@stream` over real connections. That all parts together are the whole response is tested in test/oracle/parts.test.ts. */
import { createHash } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { request } from "undici";
import { tell } from "../../support/asking.js";
import { startFacade, type Facade } from "../../support/facade.js";
import { mergedParts, partsIn } from "../../support/parts.js";
import { operatorSecret, quoteOf, startShop, demo, newKey, track } from "../../support/purchase/purchase-upstream.js";
import { eventsIn, stream } from "../../support/streaming.js";

const multipart = { accept: "multipart/mixed, application/graphql-response+json, application/json" };
const json = { accept: "application/json" };
const events = { accept: "text/event-stream" };
const shown = { "x-7d-show-upstream": "true" };

const artistPage = `{ artist(id: "1") { name ... @defer(label: "tracks") { topTracks(first: 3) { nodes { title } } } } }`;
/** A failed call is remembered for a while: each test that makes one has an artist of its own. */
const pageOf = (id: number) => artistPage.replace('"1"', `"${String(id)}"`);
const storeInUse = { store: { defaultCountry: "GB", country: "GB", currencyCode: "GBP" } };

let facade: Facade;
beforeAll(async () => {
  facade = await startFacade({
    environment: { CACHE_MAX_BYTES: "0", OPERATOR_SECRET: operatorSecret, GATEWAY_SECRET: "gateway-secret-of-the-tests" },
  });
});
afterAll(() => facade.close());
afterEach(() => {
  facade.sandbox.faults.clear();
  facade.calls();
});

async function partsOf(query: string, headers: Readonly<Record<string, string>> = multipart, url = facade.url) {
  const answer = await stream(url, { query }, headers);
  const text = await answer.end();
  expect(answer.headers["content-type"]).toBe('multipart/mixed; boundary="-"; deferSpec=20220824');
  return { ...answer, parts: partsIn(text) };
}

function operationsLogged() {
  return facade.logged.filter(({ msg }) => msg === "operation");
}

describe("a query with @defer", () => {
  it("is answered in parts: first what is not deferred, at last that nothing follows", async () => {
    const { status, headers, parts } = await partsOf(artistPage);
    expect([status, headers["cache-control"]]).toEqual([200, "no-store"]);
    expect(parts).toEqual([
      { data: { artist: { name: "Keane" } }, extensions: storeInUse, hasNext: true },
      { incremental: [{ path: ["artist"], label: "tracks", data: { topTracks: { nodes: titled(3) } } }], hasNext: true },
      { hasNext: false, extensions: storeInUse },
    ]);
    expect(facade.calls().toSorted()).toEqual(["artist/details", "artist/toptracks"]);
  });

  it("sends the first part before the deferred call is answered", async () => {
    facade.sandbox.faults.add({ method: "artist/toptracks", fault: { kind: "hang" } });
    const answer = await stream(facade.url, { query: pageOf(5) }, multipart);
    const first = await answer.until('"hasNext":true}');
    expect(first).toContain('{"data":{"artist":{"name":"');
    expect(first).not.toContain("topTracks");
    answer.leave();
    await expect.poll(() => facade.calls()).toContain("artist/toptracks");
  });

  it("is answered in one piece to a client that does not accept parts, for the same calls and estimate", async () => {
    const whole = await tell(facade.url, { query: artistPage }, { ...json, ...shown });
    const wholeCalls = facade.calls().toSorted();
    expect(whole.data).toEqual({ artist: { name: "Keane", topTracks: { nodes: titled(3) } } });
    const merged = mergedParts((await partsOf(artistPage, { ...multipart, ...shown })).parts);
    expect(facade.calls().toSorted()).toEqual(wholeCalls);
    expect(merged.data).toEqual(whole.data);
    expect(merged.extensions).toMatchObject({ upstream: { estimated: 2, actual: 2 } });
  });

  it.each([
    ["with a weight of 0", "multipart/mixed;q=0, application/json"],
    ["of a later format", "multipart/mixed;incrementalSpec=v0.2, application/json"],
    ["of another date", "multipart/mixed;deferSpec=20300101, application/json"],
    ["for subscriptions", 'multipart/mixed;boundary=graphql;subscriptionSpec="1.0", application/json'],
    ["only by a wildcard", "*/*"],
  ])("is answered in one piece where multipart/mixed is accepted %s", async (_how, accept) => {
    const { headers, data } = await tell(facade.url, { query: artistPage }, { accept });
    expect(headers["content-type"]).toBe("application/json; charset=utf-8");
    expect(data).toMatchObject({ artist: { topTracks: {} } });
  });

  it.each(["multipart/mixed", "multipart/mixed;deferSpec=20220824, application/json", "application/json, Multipart/Mixed;q=0.1"])(
    "is answered in parts where %s is accepted",
    async (accept) => {
      expect((await partsOf(artistPage, { accept })).parts).toHaveLength(3);
    },
  );

  it("comes as events to a client that accepts only those", async () => {
    const answer = await stream(facade.url, { query: artistPage }, events);
    const payloads = eventsIn(await answer.end());
    expect(answer.headers["content-type"]).toBe("text/event-stream; charset=utf-8");
    expect(payloads.map(({ hasNext }) => hasNext)).toEqual([true, true, false]);
  });

  it("is answered in one piece where its conditions defer nothing", async () => {
    const query = `query ($if: Boolean!) { artist(id: "1") { name ... @defer(if: $if) { artistId } } }`;
    const { headers, data } = await tell(facade.url, { query, variables: { if: false } }, multipart);
    expect(headers["content-type"]).toMatch(/^application\/graphql-response\+json/);
    expect(data).toEqual({ artist: { name: "Keane", artistId: "1" } });
  });

  it("reports a failure in the part in which it happened", async () => {
    facade.sandbox.faults.add({ method: "artist/toptracks", fault: { kind: "status", status: 500 } });
    const { parts } = await partsOf(pageOf(2));
    expect(parts[0]?.errors).toBeUndefined();
    const [increment] = parts[1]?.incremental ?? [];
    expect(increment).toMatchObject({
      data: { topTracks: null },
      errors: [{ path: ["artist", "topTracks"], extensions: { code: "UPSTREAM_UNAVAILABLE" } }],
    });
    expect(increment?.errors?.[0]?.extensions).not.toHaveProperty("http");
  });

  it("knows in each part what the others ask for: an artist who does not exist is null, and not one without lists", async () => {
    const query = `{ ... @defer { artist(id: "999999999") { name } } artist(id: "999999999") { topTracks(first: 1) { nodes { title } } } }`;
    const whole = await tell(facade.url, { query }, json);
    expect(whole.data).toEqual({ artist: null });
    const merged = mergedParts((await partsOf(query)).parts);
    expect([merged.data, merged.errors]).toEqual([{ artist: null }, undefined]);
  });

  it("is counted and logged once, at its end, with the codes of all parts", async () => {
    facade.sandbox.faults.add({ method: "artist/toptracks", fault: { kind: "status", status: 500 } });
    const before = operationsLogged().length;
    await partsOf(pageOf(3).replace("{", "query Parts {"));
    const logged = operationsLogged().slice(before);
    expect(logged).toMatchObject([
      { operationName: "Parts", kind: "query", upstreamCalls: expect.any(Number) as number, codes: ["UPSTREAM_UNAVAILABLE"] },
    ]);
    expect(logged[0]?.["upstreamCalls"]).toBe(facade.calls().length);
  });

  it("aborts its calls when its client leaves, and says so in the log", async () => {
    facade.sandbox.faults.add({ method: "artist/toptracks", fault: { kind: "hang" } });
    const before = operationsLogged().length;
    const answer = await stream(facade.url, { query: pageOf(4) }, multipart);
    await answer.until('"hasNext":true}');
    answer.leave();
    await expect.poll(() => operationsLogged().slice(before)).toMatchObject([{ codes: ["CLIENT_CLOSED_REQUEST"] }]);
  });

  it("has @stream for lists: the first items come first, and each of the others with its place", async () => {
    const query = `{ artist(id: "1") { topTracks(first: 3) { nodes @stream(initialCount: 1, label: "more") { title } } } }`;
    const { parts } = await partsOf(query);
    expect(parts[0]?.data).toEqual({ artist: { topTracks: { nodes: titled(1) } } });
    const places = parts.flatMap(({ incremental = [] }) => incremental).map(({ path, label }) => [path.join("."), label]);
    expect(places).toEqual([
      ["artist.topTracks.nodes.1", "more"],
      ["artist.topTracks.nodes.2", "more"],
    ]);
    expect(mergedParts(parts).data).toEqual({ artist: { topTracks: { nodes: titled(3) } } });
  });
});

describe("limits and rules", () => {
  it("end a query in parts that takes too long, with an error in the late part", async () => {
    const slow = await startFacade({ environment: { LIMIT_OPERATION_MS: "400" } });
    slow.sandbox.faults.add({ method: "artist/toptracks", fault: { kind: "hang" } });
    const { parts } = await partsOf(artistPage, multipart, slow.url);
    expect(parts[0]?.data).toEqual({ artist: { name: "Keane" } });
    expect(mergedParts(parts).errors).toMatchObject([{ extensions: { code: "OPERATION_TIMEOUT" } }]);
    await slow.close();
  });

  it.each([
    ["calls", { LIMIT_UPSTREAM_CALLS: "1" }, "TOO_MANY_UPSTREAM_CALLS"],
    ["directives", { LIMIT_DIRECTIVES: "0" }, "DIRECTIVE_LIMIT"],
    ["depth", { LIMIT_DEPTH: "3" }, "DEPTH_LIMIT"],
  ])("reject a query with too many %s before anything is sent", async (_what, environment, code) => {
    const limited = await startFacade({ environment });
    const answer = await tell(limited.url, { query: artistPage }, { accept: "application/json, multipart/mixed" });
    expect([answer.code, answer.headers["content-type"], limited.calls()]).toEqual([code, "application/json; charset=utf-8", []]);
    await limited.close();
  });

  it.each([
    [
      "a list that is streamed from a negative item",
      `{ releaseChart(first: 2) { nodes @stream(initialCount: -1) { title } } }`,
      "BAD_USER_INPUT",
    ],
    ["a stream of no list", `{ artist(id: "1") { name @stream } }`, "GRAPHQL_VALIDATION_FAILED"],
    [
      "a label that is used twice",
      `{ ... @defer(label: "a") { __typename } ... @defer(label: "a") { __typename } }`,
      "GRAPHQL_VALIDATION_FAILED",
    ],
    ["a deferred mutation", `mutation { ... @defer { basketCreate(input: {}) { basket { id } } } }`, "GRAPHQL_VALIDATION_FAILED"],
    [
      "one list streamed in two ways",
      `{ releaseChart(first: 2) { nodes @stream { title } nodes @stream(initialCount: 1) { title } } }`,
      "GRAPHQL_VALIDATION_FAILED",
    ],
  ])("reject %s", async (_what, query, code) => {
    expect((await tell(facade.url, { query }, json)).code).toBe(code);
    expect(facade.calls()).toEqual([]);
  });

  it("ignore the directives within mutations: what a purchase came to is said at once", async () => {
    const shop = await startShop();
    const query = `mutation ($input: ItemPurchaseInput!) { itemPurchase(input: $input) { ... @defer { attempt { status } } userErrors { code } } }`;
    const variables = { input: { itemId: track, quote: await quoteOf(shop.facade), idempotencyKey: newKey() } };
    const { headers, data } = await tell(shop.facade.url, { query, variables }, { ...demo, ...multipart });
    expect(headers["content-type"]).toMatch(/^application\/graphql-response\+json/);
    expect(data).toEqual({ itemPurchase: { attempt: { status: "SUCCEEDED" }, userErrors: [] } });
    expect(shop.upstream.purchases).toHaveLength(1);
    await shop.close();
  });

  it("answer a GET in one piece", async () => {
    const persistedQuery = { version: 1, sha256Hash: createHash("sha256").update(artistPage).digest("hex") };
    await tell(facade.url, { query: artistPage, extensions: { persistedQuery } });
    const url = new URL(facade.url);
    url.searchParams.set("extensions", JSON.stringify({ persistedQuery }));
    const { headers, body } = await request(url, { headers: multipart });
    expect(headers["content-type"]).toMatch(/^application\/graphql-response\+json/);
    expect(await body.json()).toMatchObject({ data: { artist: { topTracks: {} } } });
    const onlyParts = await request(url, { headers: { accept: "multipart/mixed" } });
    expect([onlyParts.statusCode, await onlyParts.body.text()]).toEqual([406, expect.stringContaining("application/json") as string]);
  });

  it("leave the directives out of the subgraph", async () => {
    const url = facade.url.replace("/graphql", "/subgraph");
    const answer = await tell(url, { query: artistPage }, { ...multipart, "x-7d-gateway-secret": "gateway-secret-of-the-tests" });
    expect(answer.code).toBe("GRAPHQL_VALIDATION_FAILED");
  });
});

describe("what is said outside of execution", () => {
  it("of a document that is not valid, to a client of events, is an event", async () => {
    const payloads = eventsIn(await (await stream(facade.url, { query: "{ nothing }" }, events)).end());
    expect(payloads).toMatchObject([{ errors: [{ extensions: { code: "GRAPHQL_VALIDATION_FAILED" } }] }]);
  });

  it("of a query without @defer, to a client of parts only, is one part", async () => {
    expect((await partsOf(`{ artist(id: "1") { name } }`, { accept: "multipart/mixed" })).parts).toMatchObject([
      { data: { artist: { name: "Keane" } } },
    ]);
  });

  it("of a type that is not accepted is HTTP 406", async () => {
    expect(
      (await request(facade.url, { method: "POST", headers: { accept: "text/html", "content-type": "application/json" }, body: "{}" }))
        .statusCode,
    ).toBe(406);
  });
});

function titled(count: number): unknown {
  return Array.from({ length: count }, () => ({ title: expect.any(String) as string }));
}
