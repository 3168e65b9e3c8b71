/** How long browsers, CDNs and gateways may keep responses. */
import { createHash } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { request } from "undici";
import { startFacade } from "../../support/facade.js";
import { artistXml, fakeUpstream, respond, xmlType } from "../../support/fake-upstream.js";
import { ask } from "../../support/raw-client.js";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const secrets = { OPERATOR_SECRET: "operator-secret-of-32-characters", GATEWAY_SECRET: "gateway-secret-of-32-characters" };
const operator = { "x-7d-operator-secret": secrets.OPERATOR_SECRET };
const gateway = { "x-7d-gateway-secret": secrets.GATEWAY_SECRET };

const artist = `{ artist(id: "1") { name url } }`;
const unkept = {
  quote: `{ release(id: "155408") { price { quote } } }`,
  clip: `{ track(id: "1628015") { clip { url } } }`,
  quota: "{ upstreamQuota { limit } }",
  time: "{ upstreamTime }",
  viewer: "{ viewer { id } }",
  failed: `{ artist(id: "abc") { name } }`,
  none: `{ artist(id: "999999999") { name } }`,
};
const operations = [artist, "{ storeContext { country } }", ...Object.values(unkept)];

async function start(environment: Readonly<Record<string, string>> = {}, ahead = () => 0) {
  const file = join(mkdtempSync(join(tmpdir(), "kept-")), "operations.json");
  writeFileSync(file, JSON.stringify(Object.fromEntries(operations.map((document) => [sha256(document), document]))));
  const facade = await startFacade({ environment: { PERSISTED_OPERATIONS: file, ...secrets, ...environment }, ahead });
  onTestFinished(() => facade.close());
  const get = (document: string, headers: Readonly<Record<string, string>> = {}) =>
    ask(facade, { path: `/graphql?documentId=${sha256(document)}`, headers });
  return { facade, get };
}

describe("a GET by hash", () => {
  it("may be kept by its client for as long as 7digital allows, less the time that is gone", async () => {
    let ahead = 0;
    const upstream = await fakeUpstream(respond(artistXml(), 200, { ...xmlType, "cache-control": "private, max-age=300", age: "100" }));
    const { get } = await start({ SEVENDIGITAL_BASE_URL: `${upstream.url}/1.2` }, () => ahead);
    const control = async () => (await get(artist)).headers["cache-control"];
    expect(await control()).toMatch(/^private, max-age=(199|200), must-revalidate$/);
    ahead = 60_000;
    expect(await control()).toMatch(/^private, max-age=(139|140), must-revalidate$/);
    ahead = 210_000;
    expect(await control(), "stale").toBe("no-store");
    expect(upstream.asked.length).toBeGreaterThanOrEqual(1);
  });

  it.each(["no-store", "no-cache", "max-age=0", "max-age=x"])("may not be kept where 7digital answers with %s", async (control) => {
    const upstream = await fakeUpstream(respond(artistXml(), 200, { ...xmlType, "cache-control": control }));
    const { get } = await start({ SEVENDIGITAL_BASE_URL: `${upstream.url}/1.2` });
    const { status, headers } = await get(artist);
    expect([status, headers["cache-control"], headers.etag]).toEqual([200, "no-store", undefined]);
  });

  it("may be kept by CDNs where the operator says so, keyed by what changes it", async () => {
    const { get } = await start({ PUBLIC_CACHING: "true", ALLOWED_ORIGINS: "https://shop.example" });
    const { headers } = await get("{ storeContext { country } }");
    expect(headers["cache-control"]).toBe("public, max-age=60, must-revalidate");
    expect(headers.vary?.split(", ").sort()).toEqual(
      [
        ...["Origin", "Accept", "x-7d-country", "x-7d-shop-id", "x-7d-show-upstream", "authorization", "x-7d-user-id"],
        ...["x-7d-oauth-token", "x-7d-oauth-token-secret", "x-7d-operator-secret", "x-7d-gateway-secret"],
      ].sort(),
    );
  });

  it.each(Object.entries(unkept))("may not be kept with what differs each time, fails or is somebody's: %s", async (_what, document) => {
    const { get } = await start({ PUBLIC_CACHING: "true" });
    for (const headers of [{}, operator]) {
      for (const { status, headers: received } of [await get(document, headers), await get(document, headers)]) {
        expect([status, received["cache-control"], received.etag]).toEqual([200, "no-store", undefined]);
      }
    }
  });

  it("may not be kept where it is the operator's, or shows what it cost", async () => {
    const { get } = await start({ PUBLIC_CACHING: "true" });
    for (const headers of [operator, { "x-7d-show-upstream": "true" }]) {
      expect((await get(artist, headers)).headers["cache-control"]).toBe("no-store");
    }
    expect((await get(artist)).headers["cache-control"]).toMatch(/^public, /);
  });

  it("has an entity tag: 304 with the same headers while nothing has changed", async () => {
    const { get } = await start();
    const first = await get(artist);
    const { etag = "" } = first.headers;
    expect(etag).toMatch(/^"[\w-]{43}"$/);
    for (const tag of [etag, `W/${etag}`, `"x", ${etag}`, "*"]) {
      const { status, headers, body } = await get(artist, { "if-none-match": tag });
      expect([status, headers.etag, headers.vary, headers["content-length"], body]).toEqual([304, etag, first.headers.vary, undefined, ""]);
      expect(headers["cache-control"]).toMatch(/^private, max-age=\d+, must-revalidate$/);
    }
    expect((await get(artist, { "if-none-match": '"x"' })).body).toBe(first.body);
    const others = [await get(artist, { "x-7d-country": "DE" }), await get(artist, { accept: "application/graphql-response+json" })];
    for (const { headers } of others) expect(headers.etag).not.toBe(etag);
  });
});

it("a document that is sent is never kept at /graphql", async () => {
  const { facade } = await start({ PUBLIC_CACHING: "true" });
  const path = `/graphql?${new URLSearchParams({ query: artist }).toString()}`;
  const post = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ query: artist }) };
  for (const { status, headers } of [await ask(facade, { path }), await ask(facade, post)]) {
    expect([status, headers["cache-control"], headers.etag]).toEqual([200, "no-store", undefined]);
  }
});

it("the subgraph says of every response how long gateways may keep it", async () => {
  const { facade } = await start({ PUBLIC_CACHING: "true", PROFILE: "locked" });
  const post = async (query: string, headers: Readonly<Record<string, string>>, variables = {}) => {
    const answer = await request(new URL("/subgraph", facade.url), {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify({ query, variables }),
    });
    await answer.body.dump();
    return [answer.statusCode, answer.headers["cache-control"]];
  };
  const kept = [200, expect.stringMatching(/^public, max-age=\d+, must-revalidate$/)];
  const entities = "query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Artist { name } } }";
  expect(await post(artist, gateway)).toEqual(kept);
  expect(await post(entities, gateway, { representations: [{ __typename: "Artist", id: "artist:1" }] })).toEqual(kept);
  for (const query of [unkept.quote, unkept.clip, unkept.failed, "mutation { basketCreate { basket { id } } }"]) {
    expect(await post(query, gateway)).toEqual([200, "no-store"]);
  }
  expect(await post(artist, { ...gateway, ...operator })).toEqual([200, "no-store"]);
});
