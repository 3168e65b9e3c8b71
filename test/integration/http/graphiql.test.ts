import { createServer, type IncomingHttpHeaders, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { setSecurityHeaders } from "../../../src/http/responses.js";
import { createGraphiql } from "../../../src/http/graphiql/graphiql.js";
import { installedFiles } from "../../../src/http/installed-files.js";

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

const read = installedFiles(join(import.meta.dirname, "../../.."));
const HTML = { accept: "text/html,application/xhtml+xml,*/*;q=0.8" };
let server: Server;

/** node:http rather than fetch, because fetch hides Content-Encoding and adds headers of its own. */
function ask(path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Answer> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, path, method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }));
    });
    sent.on("error", reject).end();
  });
}

async function assetPaths(): Promise<string[]> {
  const page = await ask("/graphql", HTML);
  const linked = [...page.body.toString().matchAll(/(?:href|src)="([^"]+)"/g)].map((match) => match[1] ?? "");
  const settings = await ask(linked.find((path) => path.includes("/settings.")) ?? "");
  const workers = [...settings.body.toString().matchAll(/"(\/graphiql\/[^"]+)"/g)].map((match) => match[1] ?? "");
  return [...linked, ...workers];
}

beforeAll(async () => {
  const graphiql = createGraphiql({
    graphqlPath: "/graphql",
    tabs: [{ query: "query First { artist(id: 1) { name } }" }, { query: "query Second { artist { name } }", variables: '{"id":1}' }],
    prefills: [],
    read,
  });
  server = createServer((incoming, response) => {
    setSecurityHeaders(response);
    const handled = graphiql(incoming, response);
    if (handled === false) response.writeHead(418).end("somebody else's");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});

afterAll(() => new Promise((resolve) => server.close(resolve)));

describe("the GraphiQL page", () => {
  it("is shown on the graph's path to whoever asks for HTML, and at /graphiql", async () => {
    for (const [path, headers] of [
      ["/graphql", HTML],
      ["/graphql?query=%7Ba%7D", HTML],
      ["/graphiql", {}],
      ["/graphiql/", {}],
    ] as const) {
      const { status, headers: answered, body } = await ask(path, headers);
      expect([path, status, answered["content-type"]]).toEqual([path, 200, "text/html; charset=utf-8"]);
      expect(body.toString()).toContain("<title>7digital GraphQL</title>");
    }
  });

  it("leaves the graph's path to the graph for programs and for POST", async () => {
    expect((await ask("/graphql", { accept: "application/json" })).status).toBe(418);
    expect((await ask("/graphql")).status).toBe(418);
    expect((await ask("/graphql", HTML, "POST")).status).toBe(418);
    expect((await ask("/graphiqlish")).status).toBe(418);
  });

  it("names no other host, neither in the page nor in any header", async () => {
    const { headers, body } = await ask("/graphql", HTML);
    expect(body.toString()).not.toMatch(/https?:|\/\/[a-z]/i);
    expect(JSON.stringify(headers)).not.toMatch(/https?:|\/\/[a-z]/i);
  });

  it("holds no inline script and forbids everything that is not ours", async () => {
    const { headers, body } = await ask("/graphql", HTML);
    expect(body.toString()).not.toMatch(/<script(?![^>]*\ssrc=)/);
    const policy = headers["content-security-policy"];
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/script-src|unsafe-eval|blob:|https?:|\*/);
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["referrer-policy"]).toBe("no-referrer");
  });

  it("is revalidated at each visit, and told apart from the graph's answers by Accept", async () => {
    const { headers } = await ask("/graphql", HTML);
    expect(headers["cache-control"]).toBe("no-cache");
    expect(headers.vary).toBe("Accept, Accept-Encoding");
    const again = await ask("/graphql", { ...HTML, "if-none-match": headers.etag ?? "" });
    expect([again.status, again.body.length]).toEqual([304, 0]);
  });

  it("is one request away for HEAD, without a body", async () => {
    const got = await ask("/graphql", HTML);
    const { status, headers, body } = await ask("/graphql", HTML, "HEAD");
    expect([status, headers["content-length"], headers.etag, body.length]).toEqual([200, String(got.body.length), got.headers.etag, 0]);
  });
});

describe("GraphiQL's assets", () => {
  it("are all ours, all there, and cached for ever under a name made of their content", async () => {
    const paths = await assetPaths();
    expect(paths).toHaveLength(9);
    for (const path of paths) {
      expect(path).toMatch(/^\/graphiql\/[a-z-]+\.[0-9a-f]{16}\.(js|css|svg)$/);
      const { status, headers } = await ask(path, {}, "HEAD");
      expect([status, headers["cache-control"]]).toEqual([200, "public, max-age=31536000, immutable"]);
      expect(headers["x-content-type-options"]).toBe("nosniff");
    }
  });

  it("are sent as brotli or gzip when asked, and say so", async () => {
    const app = (await assetPaths()).find((path) => /\/app\..*js$/.test(path)) ?? "";
    const plain = await ask(app);
    const br = await ask(app, { "accept-encoding": "gzip, deflate, br" });
    const gzip = await ask(app, { "accept-encoding": "br;q=0, GZIP" });
    expect([plain.headers["content-encoding"], br.headers["content-encoding"], gzip.headers["content-encoding"]]).toEqual([
      undefined,
      "br",
      "gzip",
    ]);
    expect(brotliDecompressSync(br.body).equals(plain.body)).toBe(true);
    expect(gunzipSync(gzip.body).equals(plain.body)).toBe(true);
    expect(br.body.length).toBeLessThan(plain.body.length / 3);
    for (const { headers, body } of [plain, br, gzip]) {
      expect(headers["content-length"]).toBe(String(body.length));
      expect(headers.vary).toBe("Accept-Encoding");
    }
  });

  it("carry another strong tag for each encoding, and answer 304 for the right one only", async () => {
    const app = (await assetPaths()).find((path) => /\/app\..*js$/.test(path)) ?? "";
    const plain = (await ask(app, {}, "HEAD")).headers.etag ?? "";
    const br = (await ask(app, { "accept-encoding": "br" }, "HEAD")).headers.etag ?? "";
    expect(new Set([plain, br]).size).toBe(2);
    expect((await ask(app, { "if-none-match": `"other", W/${plain}` })).status).toBe(304);
    expect((await ask(app, { "if-none-match": "*" })).status).toBe(304);
    expect((await ask(app, { "if-none-match": plain, "accept-encoding": "br" }, "HEAD")).status).toBe(200);
  });

  it("do not exist under other names, nor for other methods", async () => {
    const unknown = await ask("/graphiql/app.js");
    expect([unknown.status, unknown.headers["cache-control"]]).toEqual([404, "no-store"]);
    expect((await ask("/graphiql/../package.json")).status).toBe(404);
    const posted = await ask("/graphiql", {}, "POST");
    expect([posted.status, posted.headers.allow]).toEqual([405, "GET, HEAD"]);
  });

  it("open the example tabs, and the page's endpoint is the graph's", async () => {
    const settings = (await assetPaths()).find((path) => path.includes("/settings.")) ?? "";
    const script = (await ask(settings)).body.toString();
    expect(script).toContain('"endpoint":"/graphql"');
    expect(script).toContain("query First { artist(id: 1) { name } }");
    expect(script).toContain(String.raw`"variables":"{\"id\":1}"`);
  });
});

it("keeps the headers of tabs in the browser where some tab has any, and else keeps none", async () => {
  const settings = (await assetPaths()).find((path) => path.includes("/settings.")) ?? "";
  expect((await ask(settings)).body.toString()).toContain('"shouldPersistHeaders":false');
});

it("refuses a first tab with variables, which GraphiQL would ignore in silence", () => {
  expect(() => createGraphiql({ graphqlPath: "/graphql", tabs: [{ query: "{ a }", variables: "{}" }], prefills: [], read })).toThrow(
    /first tab/,
  );
});
