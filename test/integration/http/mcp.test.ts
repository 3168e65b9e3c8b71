/** Tools for agents at /mcp, by the SDK's own client: what they are, what they answer and cost, and that nothing else runs. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { hash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { request } from "undici";
import { afterEach, describe, expect, it } from "vitest";
import { readOperations } from "../../../src/http/graphiql/example-operations.js";
import { startFacade, type Facade } from "../../support/facade.js";
import { bearerOf } from "../../support/sign-in.js";

type Headers = Readonly<Record<string, string>>;

interface ToolResult {
  readonly isError?: boolean;
  readonly content: readonly { readonly text: string }[];
  readonly structuredContent: { readonly data: Readonly<Record<string, unknown>> | null; readonly errors?: readonly object[] };
}

const examples = new Map(readOperations(join(import.meta.dirname, "../../../schema/operations")).map(({ name, query }) => [name, query]));

let facade: Facade;
const clients: Client[] = [];

async function start(environment: Readonly<Record<string, string>> = {}): Promise<void> {
  facade = await startFacade({ environment });
}

afterEach(async () => {
  for (const client of clients.splice(0)) await client.close();
  await facade.close();
});

const mcpUrl = (): string => facade.url.replace("/graphql", "/mcp");

/** It has listed the tools, so that it checks every answer against its output schema. */
async function connect(headers: Headers = {}) {
  const client = new Client({ name: "test", version: "1" });
  clients.push(client);
  await client.connect(new StreamableHTTPClientTransport(new URL(mcpUrl()), { requestInit: { headers } }));
  const { tools } = await client.listTools();
  const call = async (name: string, args: object = {}): Promise<ToolResult> =>
    (await client.callTool({ name, arguments: { ...args } })) as unknown as ToolResult;
  return { client, tools, call };
}

async function post(body: unknown, headers: Headers = {}) {
  const answer = await request(mcpUrl(), {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json, text/event-stream", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  return { status: answer.statusCode, headers: answer.headers, text: await answer.body.text() };
}

const callOf = (name: string, args: object) => ({ jsonrpc: "2.0", id: 1, method: "tools/call", params: { name, arguments: args } });

describe("the tools", () => {
  it("are the described operations that spend no money, with typed input and output", async () => {
    await start();
    const { tools } = await connect();
    const names = tools.map(({ name }) => name);
    const described = [...examples].filter(([, query]) => query.startsWith("#")).map(([name]) => name);
    expect(names.sort()).toEqual(described.filter((name) => !["Buy", "WaitForPurchase", "BuyBasket"].includes(name)).sort());
    expect(tools.find(({ name }) => name === "Search")).toMatchObject({
      description: "One question, three kinds of answers, each\nwith its score.",
      inputSchema: {
        type: "object",
        properties: { query: { type: "string", default: "pink", description: "Words to search for, at most 200 characters." } },
        additionalProperties: false,
      },
      outputSchema: { type: "object", required: ["data"] },
      annotations: { readOnlyHint: true, destructiveHint: false },
    });
    expect(tools.find(({ name }) => name === "FillBasket")).toMatchObject({
      inputSchema: {
        properties: { lines: { type: "array", items: { type: "object", required: ["itemId"], additionalProperties: false } } },
        required: ["basketId", "lines", "voucher"],
      },
      annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false },
    });
    expect(JSON.stringify(tools)).not.toContain("customPrice");
    expect(facade.logged.find(({ msg }) => msg === "tools for agents")).toMatchObject({
      tools: tools.length,
      leftOut: { undescribed: 1, invalid: 0, purchases: 2, subscriptions: 1 },
    });
  });

  it("are also the operator's registered operations, the last of one name", async () => {
    const documents = [
      "# Who it is.\nquery Who($id: ID!) { artist(id: $id) { sortName } }",
      "# What an artist is called.\nquery Who($id: ID!, $all: Boolean!) { artist(id: $id) { name sortName @include(if: $all) } }",
      "query Undescribed { artist(id: 1) { name } }",
      "# Only the operator may.\nquery Internal { upstreamStores { country } }",
      "# By its id.\nquery Thing($id: ID!) { node(id: $id) { __typename ...Named ... on Release { title } } } fragment Named on Artist { name }",
    ];
    const file = join(mkdtempSync(join(tmpdir(), "registered-")), "documents.json");
    writeFileSync(file, JSON.stringify(Object.fromEntries(documents.map((document) => [hash("sha256", document), document]))));
    await start({ PERSISTED_OPERATIONS: file });
    const { tools, call } = await connect();
    const names = tools.map(({ name }) => name);
    expect(names).toContain("Thing");
    expect(names).not.toContain("Undescribed");
    expect(names).not.toContain("Internal");
    expect((await call("Who", { id: "1", all: false })).structuredContent).toEqual({
      data: { artist: { name: "Keane" } },
      extensions: expect.any(Object) as object,
    });
    expect((await call("Thing", { id: "artist:1" })).structuredContent.data).toEqual({ node: { __typename: "Artist", name: "Keane" } });
    expect((await call("Thing", { id: "release:155408" })).structuredContent.data).toEqual({
      node: { __typename: "Release", title: "Dreams" },
    });
  });
});

describe("a call", () => {
  it.each([
    ["Artist", { id: "14" }],
    ["Release", {}],
    ["Search", { query: "keane" }],
    ["BrowseByTags", { tags: ["rock"] }],
    ["FeaturedAlbums", {}],
    ["GermanTrackChart", {}],
    ["Nodes", {}],
    ["PriceToBuyAt", { id: "track:1628015:155408" }],
  ])("of %s answers what the operation answers at /graphql, for the same calls upstream", async (name, variables) => {
    await start();
    const { call } = await connect();
    facade.calls();
    const { structuredContent, content, isError } = await call(name, variables);
    const calls = [...facade.calls()].sort();
    await facade.close();
    await start();
    const { data } = await facade.query<Record<string, unknown>>(examples.get(name) ?? "", variables);
    expect(calls.length).toBeGreaterThan(0);
    expect(calls).toEqual([...facade.calls()].sort());
    const stable = (value: unknown): string => JSON.stringify(value).replace(/"(?:quote|upstreamTime)":"[^"]*"|127\.0\.0\.1:\d+/g, "");
    expect(stable(structuredContent.data)).toBe(stable(data));
    expect(isError).toBe(false);
    expect(JSON.parse(content[0]?.text ?? "")).toEqual(structuredContent);
  });

  it("runs in the store, and as the user, that the headers of its request name", async () => {
    await start();
    const german = await connect({ "x-7d-country": "DE" });
    const { data } = (await german.call("Release")).structuredContent;
    const { release } = data as { release: { price: { current: { currencyCode: string } } } };
    expect(release.price.current.currencyCode).toBe("EUR");

    expect((await german.call("Locker")).structuredContent.data).toEqual({ viewer: null });
    const user = await connect(await bearerOf(facade));
    const locker = (await user.call("Locker")).structuredContent.data as { viewer: { locker: { totalCount: number } } };
    expect(locker.viewer.locker.totalCount).toBeGreaterThan(0);
  });

  it("with a wrong value, or credentials that are not accepted, is an error that says so", async () => {
    await start();
    const { call } = await connect();
    facade.calls();
    expect(await call("Search", { query: { no: "text" } })).toMatchObject({
      isError: true,
      structuredContent: { data: null, errors: [{ extensions: { code: "BAD_USER_INPUT" } }] },
    });
    expect(await call("Artist", { id: "no id" })).toMatchObject({ isError: true, structuredContent: { data: { artist: null } } });
    const stranger = await connect({ authorization: "Bearer wrong" });
    expect(await stranger.call("Artist")).toMatchObject({
      isError: true,
      structuredContent: { data: null, errors: [{ extensions: { code: "UNAUTHENTICATED" } }] },
    });
    expect(facade.calls()).toEqual([]);
  });

  it("runs no other operation", async () => {
    await start();
    const { call } = await connect();
    const query = "{ artist(id: 1) { name } }";
    facade.calls();
    await expect(call("StartHere")).rejects.toThrow("There is no such tool");
    await expect(call("Buy", { quote: "x", key: "y" })).rejects.toThrow("There is no such tool");
    await expect(call(query)).rejects.toThrow("There is no such tool");
    await expect(call("constructor")).rejects.toThrow("There is no such tool");
    for (const args of [{ query }, { document: query }, { extensions: { persistedQuery: { sha256Hash: "0" } } }, { documentId: "Buy" }])
      await expect(call("Basket", args)).rejects.toThrow("not one of this tool's");
    const unknown = await post({ jsonrpc: "2.0", id: 1, method: "graphql", params: { query } });
    expect(unknown.text).toContain("Method not found");
    expect(facade.calls()).toEqual([]);
    const { text } = await post({
      ...callOf("ReleaseChart", { first: 1 }),
      params: { ...callOf("ReleaseChart", { first: 1 }).params, query },
    });
    expect(text).toContain("releaseChart");
    expect(facade.calls()).toEqual(["release/chart"]);
  });
});

describe("purchases", () => {
  it("are tools where the operator enables them, and one key never buys twice", async () => {
    await start({ MCP_PURCHASES: "true" });
    const { tools, call } = await connect(await bearerOf(facade));
    const buy = tools.find(({ name }) => name === "Buy");
    expect(buy).toMatchObject({
      inputSchema: { required: ["itemId", "quote", "key"] },
      annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true },
    });
    const id = "track:1628043:1087227";
    const priced = (await call("PriceToBuyAt", { id })).structuredContent.data as { track: { price: { quote: string } } };
    const order = { itemId: id, quote: priced.track.price.quote, key: "an-agent-buys-this-once" };
    facade.calls();
    const bought = await call("Buy", order);
    expect(bought.structuredContent.data).toMatchObject({ itemPurchase: { attempt: { status: "SUCCEEDED" }, userErrors: [] } });
    expect((await call("Buy", order)).structuredContent.data).toMatchObject({ itemPurchase: { attempt: { status: "SUCCEEDED" } } });
    expect(facade.calls().filter((method) => method === "user/purchase/item")).toHaveLength(1);
    expect(await call("Buy", { itemId: id, quote: order.quote })).toMatchObject({ isError: true, structuredContent: { data: null } });
    expect(await call("Buy", { ...order, quote: "forged", key: "another-key-of-the-agent" })).toMatchObject({
      structuredContent: { data: { itemPurchase: { purchase: null, userErrors: [expect.any(Object)] } } },
    });
    expect(facade.calls()).not.toContain("user/purchase/item");
  });
});

describe("a request", () => {
  it("counts like any other, and one with several messages is rejected", async () => {
    await start({ LIMIT_OPERATIONS_PER_MINUTE: "3" });
    const batch = await post([callOf("Artist", {}), callOf("Release", {})]);
    expect([batch.status, batch.text]).toEqual([400, expect.stringContaining("Send one JSON-RPC message")]);
    for (let sent = 0; sent < 4; sent += 1) await post(callOf("Basket", { id: "none" }));
    const late = await post(callOf("Artist", {}));
    expect([late.status, late.headers["retry-after"]]).toEqual([429, expect.stringMatching(/^\d+$/)]);
    expect((await facade.query("{ __typename }")).errors).toMatchObject([{ extensions: { code: "RATE_LIMITED" } }]);
    expect(facade.calls()).not.toContain("artist/details");
  });

  it("has the limits, methods and headers of the graph", async () => {
    await start({ LIMIT_BODY_BYTES: "2000" });
    const large = await post(callOf("Search", { query: "x".repeat(2000) }));
    expect([large.status, large.text]).toEqual([413, expect.stringContaining("REQUEST_ENTITY_TOO_LARGE")]);
    expect((await post("{")).status).toBe(400);
    expect((await post(callOf("Artist", {}), { "content-type": "text/plain" })).status).toBe(415);
    for (const method of ["GET", "DELETE"] as const) {
      const { statusCode, headers, body } = await request(mcpUrl(), { method, headers: { accept: "text/event-stream" } });
      await body.dump();
      expect([statusCode, headers["allow"]]).toEqual([405, "POST"]);
    }
    const { status, headers } = await post({ jsonrpc: "2.0", id: 1, method: "tools/list" });
    expect(status).toBe(200);
    expect(headers).toMatchObject({ "cache-control": "no-store", "x-content-type-options": "nosniff" });
    expect(headers["content-type"]).toMatch(/^application\/json/);
    expect(headers["mcp-session-id"]).toBeUndefined();
  });

  it("of a page is answered only for origins that the operator allows", async () => {
    await start({ ALLOWED_ORIGINS: "https://agent.example" });
    const foreign = await post(callOf("Artist", {}), { origin: "https://evil.example", host: "evil.example" });
    expect([foreign.status, foreign.headers["access-control-allow-origin"]]).toEqual([403, undefined]);
    const rebound = await post(callOf("Artist", {}), { origin: new URL(mcpUrl()).origin });
    expect(rebound.status).toBe(403);
    expect(facade.calls()).toEqual([]);
    const allowed = await post(callOf("Artist", {}), { origin: "https://agent.example" });
    expect([allowed.status, allowed.headers["access-control-allow-origin"]]).toEqual([200, "https://agent.example"]);
  });

  it("finds nothing in the profile locked, unless the operator turns agents on", async () => {
    await start({ PROFILE: "locked" });
    expect((await post(callOf("Artist", {}))).status).toBe(404);
    await facade.close();
    await start({ PROFILE: "open", MCP: "off" });
    expect((await post(callOf("Artist", {}))).status).toBe(404);
    await facade.close();
    await start({ PROFILE: "locked", MCP: "on" });
    const { call } = await connect();
    expect((await call("Artist")).structuredContent.data).toMatchObject({ artist: { name: "Keane" } });
  });
});
