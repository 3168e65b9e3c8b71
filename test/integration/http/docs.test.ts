/** The documentation site at /docs: a folder that stands for a built one, over a socket. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { request } from "undici";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { installedFiles } from "../../../src/http/installed-files.js";
import { createRequestListener } from "../../../src/http/request-listener.js";
import { siteRoutes } from "../../../src/http/site/site.js";

const root = resolve(import.meta.dirname, "../../..");
const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0xfe, 0x00, 0x80]);
const files: Readonly<Record<string, string | Buffer>> = {
  "index.html": "<h1>Start</h1>",
  "clients/index.html": "<h1>Clients</h1>",
  "assets/site.ABCD1234.js": "export {};",
  "assets/graphiql.png": png,
  "search.json": "{}",
  "notes.txt": "no file of the site",
};

const folder = mkdtempSync(join(tmpdir(), "docs-"));
const servers: Server[] = [];
let built: string;
let missing: string;
let locked: string;

async function start(profile: "open" | "locked", docsDirectory: string): Promise<string> {
  const routes = siteRoutes({ profile, graphqlPath: "/graphql", sandboxOrigin: undefined, read: installedFiles(root), docsDirectory });
  const report = (error: unknown): never => {
    throw error;
  };
  const listener = createRequestListener({ graphqlPath: "/graphql", routes, graphiql: undefined, isReserved: () => false, report });
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

beforeAll(async () => {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, "dist", name)), { recursive: true });
    writeFileSync(join(folder, "dist", name), content);
  }
  writeFileSync(join(folder, "secret.html"), "outside");
  symlinkSync(join(folder, "secret.html"), join(folder, "dist/link.html"));
  built = await start("open", join(folder, "dist"));
  missing = await start("open", join(folder, "nothing"));
  locked = await start("locked", join(folder, "dist"));
});
afterAll(() => {
  for (const server of servers) server.close();
  rmSync(folder, { recursive: true });
});

async function get(address: string, headers: Record<string, string> = {}, method: "GET" | "POST" = "GET") {
  const { statusCode, headers: answered, body } = await request(address, { method, headers });
  return { status: statusCode, headers: answered, body: Buffer.from(await body.arrayBuffer()) };
}

describe("a built site", () => {
  it("has its pages at addresses with a slash, to which those without one lead", async () => {
    for (const [path, text] of [
      ["/docs", "Start"],
      ["/docs/clients", "Clients"],
    ] as const) {
      const short = await get(built + path);
      expect([short.status, short.headers["location"]]).toEqual([308, `${path}/`]);
      const page = await get(`${built}${path}/`);
      expect([page.status, page.headers["content-type"], page.body.toString()]).toEqual([
        200,
        "text/html; charset=utf-8",
        `<h1>${text}</h1>`,
      ]);
    }
  });

  it("allows only scripts and styles of its own, and none that are inline", async () => {
    const policy = String((await get(`${built}/docs/`)).headers["content-security-policy"]);
    expect(policy.split("; ")).toEqual(
      expect.arrayContaining(["default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"]),
    );
    expect(policy).not.toContain("unsafe");
  });

  it("may be kept for ever where a name has the content's digest, and is revalidated otherwise", async () => {
    const script = await get(`${built}/docs/assets/site.ABCD1234.js`);
    expect([script.headers["content-type"], script.headers["cache-control"]]).toEqual([
      "text/javascript; charset=utf-8",
      "public, max-age=31536000, immutable",
    ]);
    const page = await get(`${built}/docs/`);
    expect(page.headers["cache-control"]).toBe("no-cache");
    const again = await get(`${built}/docs/`, { "if-none-match": String(page.headers["etag"]) });
    expect([again.status, again.body.length]).toEqual([304, 0]);
  });

  it("is compressed, and sends images as they are", async () => {
    const page = await get(`${built}/docs/clients/`, { "accept-encoding": "br" });
    expect([page.headers["content-encoding"], brotliDecompressSync(page.body).toString()]).toEqual(["br", "<h1>Clients</h1>"]);
    const image = await get(`${built}/docs/assets/graphiql.png`);
    expect([image.headers["content-type"], image.body.equals(png)]).toEqual(["image/png", true]);
  });

  it("has nothing but the files of a site that are in its folder", async () => {
    const paths = ["/docs/notes.txt", "/docs/index.html", "/docs/link.html", "/docs/..%2fsecret.html", "/docs/nowhere/", "/docs//"];
    for (const path of paths) expect([path, (await get(built + path)).status]).toEqual([path, 404]);
  });

  it("is only read", async () => {
    const posted = await get(`${built}/docs/`, {}, "POST");
    expect([posted.status, posted.headers["allow"]]).toEqual([405, "GET, HEAD"]);
  });

  it("is linked on the start page", async () => {
    expect((await get(`${built}/`)).body.toString()).toContain('<a href="/docs/">Documentation</a>');
  });
});

describe("without a built site", () => {
  it("/docs says how to build it, and leads to the guides", async () => {
    for (const path of ["/docs", "/docs/"]) {
      const { status, body } = await get(missing + path);
      expect(status).toBe(200);
      expect(body.toString()).toContain("npm run docs");
      expect(body.toString()).toContain('href="/guides"');
    }
  });

  it("the start page has no link to it", async () => {
    expect((await get(`${missing}/`)).body.toString()).not.toContain("/docs");
  });
});

it("is not found in the profile locked", async () => {
  for (const path of ["/docs", "/docs/", "/docs/clients/", "/docs/search.json"])
    expect([path, (await get(locked + path)).status]).toEqual([path, 404]);
});
