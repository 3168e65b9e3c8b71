/** Whole responses that are kept: which, for whom and for how long. test/oracle/response-cache.test.ts tries to get wrong ones. */
import { createHash } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { artistDetails } from "../../../src/catalogue/endpoints/artist.js";
import { artistXml, errorXml, fakeUpstream, respond, xmlType } from "../../support/fake-upstream.js";
import { openInProcess, type Came, type Sent } from "../../support/in-process.js";
import { countRecalls } from "../../support/recalls.js";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const secrets = { OPERATOR_SECRET: "operator-secret-of-32-characters", GATEWAY_SECRET: "gateway-secret-of-32-characters" };
const operator = { "x-7d-operator-secret": secrets.OPERATOR_SECRET };
const gateway = { "x-7d-gateway-secret": secrets.GATEWAY_SECRET };
const user = { "x-7d-oauth-token": "token-of-ann", "x-7d-oauth-token-secret": "secret" };
const json = { "content-type": "application/json" };
const artist = (id = "1") => `query Named { artist(id: "${id}") { name } }`;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2026, 10, 29) });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A server before an upstream whose artists are named after how often they were asked for. */
async function start(environment: Readonly<Record<string, string>> = {}, maxAge: (id: string) => number = () => 300) {
  const counts = new Map<string, number>();
  const upstream = await fakeUpstream((response, { query }) => {
    const id = query.get("artistid") ?? query.get("artistId") ?? "";
    const nth = (counts.get(id) ?? 0) + 1;
    counts.set(id, nth);
    const headers = { ...xmlType, "cache-control": `max-age=${String(maxAge(id))}, must-revalidate` };
    respond(artistXml(`${query.get("country") ?? ""} ${String(nth)}`, id), 200, headers)(response);
  });
  const folder = mkdtempSync(join(tmpdir(), "responses-"));
  const file = join(folder, "operations.json");
  writeFileSync(file, JSON.stringify({ [sha256(artist())]: artist() }));
  const server = await openInProcess({
    environment: {
      SEVENDIGITAL_BASE_URL: `${upstream.url}/1.2`,
      PERSISTED_OPERATIONS: file,
      TRUST_PLAIN_TOKENS: "true",
      ALLOWED_ORIGINS: "https://shop.example",
      ...secrets,
      ...environment,
    },
    dataDirectory: folder,
  });
  onTestFinished(() => server.services.close());
  const recalls = countRecalls();
  return {
    ...server,
    upstream,
    recalls,
    post: (body: object, headers: Readonly<Record<string, string>> = {}, path = "/graphql") =>
      server.ask({ method: "POST", path, headers: { ...json, ...headers }, body: JSON.stringify(body) }),
    get: (parameters: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}) =>
      server.ask({ path: `/graphql?${new URLSearchParams(parameters).toString()}`, headers }),
    /** Whether a kept response was sent for it. */
    isRecalled: async (ask: () => Promise<Came>): Promise<boolean> => {
      const before = recalls();
      await ask();
      return recalls() > before;
    },
  };
}

type Started = Awaited<ReturnType<typeof start>>;

/** Often enough to be kept: asked for, found in the cache, and kept. */
async function keep(ask: () => Promise<Came>): Promise<Came> {
  await ask();
  await ask();
  return ask();
}

const nameIn = ({ body }: Came): unknown => (JSON.parse(body) as { data?: { artist?: { name?: unknown } } }).data?.artist?.name;

describe("a response is kept", () => {
  it("from the second time on that all of it comes from memory", async () => {
    const { post, recalls } = await start();
    const seen: number[] = [];
    for (let time = 0; time < 4; time += 1) {
      await post({ query: artist() });
      seen.push(recalls());
    }
    expect(seen).toEqual([0, 0, 1, 2]);
  });

  it("with RESPONSE_CACHE_MAX_BYTES=0 never", async () => {
    const { post, recalls } = await start({ RESPONSE_CACHE_MAX_BYTES: "0" });
    for (let time = 0; time < 5; time += 1) expect(nameIn(await post({ query: artist() }))).toBe("GB 1");
    expect(recalls()).toBe(0);
  });

  it("until its first part is no longer fresh, to the millisecond", async () => {
    const { post, isRecalled, upstream } = await start({}, (id) => (id === "1" ? 30 : 60));
    const start0 = Date.now();
    const ask = () => post({ query: `{ artist(id: "1") { name } other: artist(id: "2") { name } }` });
    await keep(ask);
    vi.setSystemTime(start0 + 29_999);
    expect(await isRecalled(ask)).toBe(true);
    vi.setSystemTime(start0 + 30_000);
    expect(await isRecalled(ask)).toBe(false);
    expect(upstream.asked.map(({ query }) => query.get("artistid") ?? query.get("artistId"))).toEqual(["1", "2", "1"]);
  });

  it("until a part is read again past the cache, as for a purchase, under every form in which it was sent", async () => {
    const { post, get, services } = await start();
    const forms = [
      () => post({ query: artist() }),
      () => post({ query: artist().replace(" ", "   ") }),
      () => get({ documentId: sha256(artist()) }),
      () => get({ query: artist() }),
    ];
    for (const form of forms) expect(nameIn(await keep(form))).toBe("GB 1");
    await services.client
      .critical()
      .bypassCache()
      .call(artistDetails, { artistId: "1" }, { store: { country: "GB" } });
    for (const form of forms) expect(nameIn(await form())).toBe("GB 2");
  });

  it("until a part is evicted", async () => {
    const { post, upstream, isRecalled } = await start({ CACHE_MAX_BYTES: "4000" });
    const ask = () => post({ query: artist() });
    await keep(ask);
    for (let id = 10; id < 30; id += 1) await post({ query: artist(String(id)) });
    expect(upstream.asked).toHaveLength(21);
    expect(await isRecalled(ask)).toBe(false);
    expect(upstream.asked).toHaveLength(22);
  });

  it("and keeps its parts from being evicted while it is sent", async () => {
    const { post, upstream, recalls } = await start({ CACHE_MAX_BYTES: "4000" }, () => 3000);
    const ask = () => post({ query: artist() });
    await keep(ask);
    const before = recalls();
    for (let id = 10; id < 30; id += 1) {
      await post({ query: artist(String(id)) });
      vi.setSystemTime(Date.now() + 5000);
      await ask();
    }
    expect([recalls() - before, upstream.asked.length]).toEqual([20, 21]);
  });

  it("as long as there is room for it", async () => {
    const { post, isRecalled } = await start({ RESPONSE_CACHE_MAX_BYTES: "10000" });
    const ask = (id: number) => () => post({ query: artist(String(id)) });
    for (let id = 1; id <= 40; id += 1) await keep(ask(id));
    const recalled: number[] = [];
    for (let id = 40; id >= 1; id -= 1) if (await isRecalled(ask(id))) recalled.push(id);
    // Each takes at least 800 bytes, twice: under its body and as an operation.
    expect(recalled.length).toBeGreaterThan(0);
    expect(recalled.length).toBeLessThanOrEqual(6);
    expect(Math.min(...recalled)).toBeGreaterThan(34);
  });
});

describe("a kept response is found", () => {
  const first = { query: artist(), operationName: "Named", variables: {} };

  it.each<[string, (started: Started) => Promise<Came>]>([
    ["in another order of keys", ({ post }) => post({ variables: {}, operationName: "Named", query: artist() })],
    ["without what says nothing", ({ post }) => post({ query: artist(), operationName: null })],
    ["with extensions", ({ post }) => post({ ...first, extensions: { client: "web" } })],
    ["with other blanks and a comment", ({ post }) => post({ query: `query Named{artist(id:"1"){name}}#` })],
    ["by its hash", ({ post }) => post({ documentId: sha256(artist()) })],
    ["by its hash in a GET", ({ get }) => get({ documentId: sha256(artist()) })],
    ["as a GET", ({ get }) => get({ query: artist() })],
    ["in a store of another spelling", ({ post }) => post(first, { "x-7d-country": "" })],
  ])("for the same operation %s", async (_what, ask) => {
    const started = await start();
    const { body } = await keep(() => started.post(first));
    expect(await started.isRecalled(() => ask(started))).toBe(true);
    expect((await ask(started)).body).toBe(body);
    expect(started.upstream.asked).toHaveLength(1);
  });

  it.each<[string, (started: Started) => Promise<Came>]>([
    ["another operation of the document", ({ post }) => post({ query: `${artist()} query Other { __typename }`, operationName: "Other" })],
    ["another name", ({ post }) => post({ query: artist().replace("Named", "Renamed") })],
    ["another store", ({ post }) => post(first, { "x-7d-country": "DE" })],
    ["another shop", ({ post }) => post(first, { "x-7d-shop-id": "34" })],
    ["the same store, but named", ({ post }) => post(first, { "x-7d-country": "GB" })],
    ["another media type", ({ post }) => post(first, { accept: "application/graphql-response+json" })],
    ["a gateway", ({ post }) => post(first, gateway)],
    ["another surface", ({ post }) => post(first, {}, "/subgraph")],
    ["a user", ({ post }) => post(first, user)],
    ["the operator", ({ post }) => post(first, operator)],
    ["a client that wants to see the cost", ({ post }) => post(first, { "x-7d-show-upstream": "true" })],
    ["invalid credentials", ({ post }) => post(first, { authorization: "Bearer not-sealed-here" })],
    ["a wrong secret", ({ post }) => post(first, { "x-7d-gateway-secret": "a guess, and a wrong one" })],
    ["an invalid store", ({ post }) => post(first, { "x-7d-country": "no country" })],
  ])("not for %s", async (_what, ask) => {
    const started = await start();
    await keep(() => started.post(first));
    expect(await started.isRecalled(() => ask(started))).toBe(false);
  });

  it("not for other variables or another operation of the same document", async () => {
    const { post, recalls } = await start();
    const given = "query Given($id: ID!) { artist(id: $id) { artistId } }";
    const several = `query One { artist(id: "1") { artistId } } query Other { artist(id: "2") { artistId } }`;
    const bodies = [
      { query: given, variables: { id: "1" } },
      { query: several, operationName: "One" },
    ];
    for (const body of bodies) expect((await keep(() => post(body))).body).toContain('"artistId":"1"');
    const before = recalls();
    expect((await post({ query: given, variables: { id: "2" } })).body).toContain('"artistId":"2"');
    expect((await post({ query: several, operationName: "Other" })).body).toContain('"artistId":"2"');
    expect(recalls()).toBe(before);
  });

  it("not in the place of parts", async () => {
    const { post } = await start();
    const query = `{ artist(id: "1") { name ... @defer { url } } }`;
    const whole = await keep(() => post({ query }, { accept: "application/json" }));
    expect(whole.headers["content-type"]).toMatch(/^application\/json/);
    const parts = await post({ query }, { accept: "multipart/mixed, application/json" });
    expect(parts.headers["content-type"]).toMatch(/^multipart\/mixed/);
  });

  it("and what these get is theirs", async () => {
    const { post } = await start();
    await keep(() => post(first));
    expect((await post(first, { authorization: "Bearer not-sealed-here" })).status).toBe(401);
    expect((await post(first, { "x-7d-country": "no country" })).status).toBe(400);
    expect((await post(first, { "x-7d-show-upstream": "true" })).body).toContain('"upstream":{"estimated":1');
    expect(nameIn(await post(first, { "x-7d-country": "DE" }))).toMatch(/^DE /);
  });

  it.each(["HEAD", "PUT", "DELETE", "PATCH"])("not by %s", async (method) => {
    const { ask, post, get } = await start();
    const [body, search] = [JSON.stringify(first), new URLSearchParams({ documentId: sha256(artist()) }).toString()];
    await keep(() => post(first));
    await keep(() => get({ documentId: sha256(artist()) }));
    const inBody = { method, headers: json, ...(method !== "HEAD" && { body }) };
    for (const sent of [inBody, { method, path: `/graphql?${search}` }] satisfies Sent[]) {
      const { status, headers } = await ask(sent);
      expect([status, headers["allow"]]).toEqual([405, "GET, POST"]);
    }
  });

  it("not by a body that is the text of its URL", async () => {
    const { ask, get } = await start();
    await keep(() => get({ query: artist() }));
    const path = `/graphql?${new URLSearchParams({ query: artist() }).toString()}`;
    for (const body of [`GET ${path}`, path, `url ${path}`]) expect((await ask({ method: "POST", headers: json, body })).status).toBe(400);
  });

  it("not by a body that is not said to be JSON", async () => {
    const { ask, post } = await start();
    await keep(() => post(first));
    const { status } = await ask({ method: "POST", headers: { "content-type": "text/plain" }, body: JSON.stringify(first) });
    expect(status).toBe(415);
  });

  it("by a gateway only within its own limits", async () => {
    const { post } = await start({ LIMIT_ALIASES: "2", LIMIT_GATEWAY_ALIASES: "50" });
    const query = `{ ${[1, 2, 3, 4].map((n) => `a${String(n)}: artist(id: "1") { name }`).join(" ")} }`;
    const ofGateway = await keep(() => post({ query }, gateway));
    expect(ofGateway.status).toBe(200);
    const { status, body } = await post({ query });
    expect(status).toBe(400);
    expect(body).toContain("ALIAS_LIMIT");
  });
});

describe("no response is kept", () => {
  it.each([
    ["a failure", errorXml("9001", "broken")],
    ["what is not found", errorXml("2001", "not found")],
    ["what cannot be read", "<response"],
  ])("with %s", async (_what, xml) => {
    const { post, recalls, upstream } = await start();
    upstream.behaviour = respond(xml, 200, { ...xmlType, "cache-control": "max-age=300" });
    for (let time = 0; time < 5; time += 1) await post({ query: artist() });
    expect(recalls()).toBe(0);
  });

  it("with an invalid argument", async () => {
    const { post, recalls } = await start();
    for (let time = 0; time < 5; time += 1) await post({ query: `{ artist(id: "no id") { name } }` });
    expect(recalls()).toBe(0);
  });

  it.each(["no-store", "no-cache", "max-age=0", "private, max-age=x"])("with an answer that has %s", async (control) => {
    const { post, recalls, upstream } = await start();
    upstream.behaviour = respond(artistXml(), 200, { ...xmlType, "cache-control": control });
    for (let time = 0; time < 5; time += 1) await post({ query: artist() });
    expect([recalls(), upstream.asked.length]).toEqual([0, 5]);
  });

  it("to a mutation, a subscription, and a query that is answered in parts", async () => {
    const { post, recalls } = await start();
    const parts = { accept: "multipart/mixed, application/json" };
    for (let time = 0; time < 5; time += 1) {
      await post({ query: `{ artist(id: "1") { name ... @defer { url } } }` }, parts);
      await post({ query: "mutation { basketCreate { basket { id } } }" });
      await post({ query: `subscription { purchaseAttempt(idempotencyKey: "never-seen-never-seen") { status } }` }, parts);
    }
    expect(recalls()).toBe(0);
  });
});

describe("persisted operations", () => {
  const other = `query Other { artist(id: "2") { name } }`;
  const named = { extensions: { persistedQuery: { version: 1, sha256Hash: sha256(other) } } };

  it("can be registered when their response is kept already", async () => {
    const { post } = await start();
    await keep(() => post({ query: other }));
    expect((await post(named)).body).toContain("PERSISTED_QUERY_NOT_FOUND");
    expect((await post({ query: other, ...named })).status).toBe(200);
    expect((await post(named)).status).toBe(200);
  });

  it("are registered by every request that sends both, and found by their hash alone", async () => {
    const { post, isRecalled } = await start();
    await keep(() => post({ query: other, ...named }));
    await keep(() => post(named));
    expect(await isRecalled(() => post(named))).toBe(true);
  });

  it("are the only ones that run with PERSISTED_ONLY", async () => {
    const { post } = await start({ PERSISTED_ONLY: "true" });
    await keep(() => post({ documentId: sha256(artist()) }));
    expect((await post({ query: artist() })).body).toContain("PERSISTED_QUERY_ONLY");
  });

  it("of clients are not given to a page that sends a GET for its visitor", async () => {
    const { post, get } = await start({ PROFILE: "locked" });
    const preflight = { "graphql-require-preflight": "1" };
    await post({ query: other, ...named });
    const byHash = { documentId: sha256(other) };
    expect((await keep(() => get(byHash, preflight))).status).toBe(200);
    expect((await keep(() => post(named))).status).toBe(200);
    expect((await get(byHash)).status).toBe(400);
    await keep(() => get({ query: other }, preflight));
    expect((await get({ query: other })).status).toBe(400);
  });

  it("are not sent with credentials of a user by GET", async () => {
    const { get } = await start();
    await keep(() => get({ documentId: sha256(artist()) }));
    expect((await get({ documentId: sha256(artist()) }, user)).status).toBe(400);
  });
});

describe("a kept response is sent", () => {
  it("with the time that is left, and the headers of each origin", async () => {
    const { get, isRecalled } = await start();
    const ask = (origin: string) => () => get({ documentId: sha256(artist()) }, { origin });
    const began = Date.now();
    const before = await keep(ask("https://shop.example"));
    vi.setSystemTime(began + 100_000);
    expect(await isRecalled(ask("https://shop.example"))).toBe(true);
    const [ours, foreign] = [await ask("https://shop.example")(), await ask("https://evil.example")()];
    expect(before.headers["cache-control"]).toBe("private, max-age=300, must-revalidate");
    expect(ours.headers).toEqual({ ...before.headers, "cache-control": "private, max-age=200, must-revalidate" });
    expect(ours.headers["access-control-allow-origin"]).toBe("https://shop.example");
    expect(foreign.headers).toMatchObject({ vary: ours.headers["vary"], etag: ours.headers["etag"] });
    expect(foreign.headers["access-control-allow-origin"]).toBeUndefined();
  });

  it("as 304 to a client that has it, kept or not", async () => {
    const { get, isRecalled } = await start();
    const byHash = { documentId: sha256(artist()) };
    const { headers } = await get(byHash);
    const ask = () => get(byHash, { "if-none-match": headers["etag"] ?? "" });
    const unkept = await ask();
    await keep(ask);
    expect(await isRecalled(ask)).toBe(true);
    const kept = await ask();
    expect(kept).toEqual(unkept);
    expect([kept.status, kept.body, kept.headers["etag"]]).toEqual([304, "", headers["etag"]]);
    expect((await get(byHash, { "if-none-match": '"other"' })).status).toBe(200);
  });

  it("and counts as a request", async () => {
    const { post } = await start({ LIMIT_OPERATIONS_PER_MINUTE: "5" });
    const statuses: number[] = [];
    for (let time = 0; time < 7; time += 1) statuses.push((await post({ query: artist() })).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429]);
  });
});
