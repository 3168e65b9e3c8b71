/** What a person or a tool finds at "/", /guides and /schema.graphql, in each profile. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { request } from "undici";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startFacade, type Facade } from "../../support/facade.js";

const operatorSecret = "operator-secret-operator-secret-operator";
const gatewaySecret = "gateway-secret-gateway-secret-gateway-se";
const demo = { user: { key: "demo-token", secret: "demo-token-secret" }, returnsHere: true };
const printed = (name: string): string => readFileSync(join(import.meta.dirname, "../../../schema", name), "utf8");
const sdl = printed("schema.graphql");
const operatorSdl = printed("operator.graphql");

let sandbox: Facade;
let open: Facade;
let locked: Facade;
beforeAll(async () => {
  sandbox = await startFacade({ demo });
  open = await startFacade({ environment: { OPERATOR_SECRET: operatorSecret } });
  locked = await startFacade({ environment: { PROFILE: "locked", OPERATOR_SECRET: operatorSecret, GATEWAY_SECRET: gatewaySecret } });
});
afterAll(async () => {
  for (const facade of [sandbox, open, locked]) await facade.close();
});

async function get(facade: Facade, path: string, headers: Record<string, string> = {}, method: "GET" | "HEAD" | "POST" = "GET") {
  const { statusCode, headers: answered, body } = await request(new URL(path, facade.url), { method, headers });
  return { status: statusCode, headers: answered, body: Buffer.from(await body.arrayBuffer()) };
}

function linksIn(html: Buffer): readonly string[] {
  return [...html.toString().matchAll(/href="([^"]+)"/g)].map(([, href = ""]) => href);
}

describe("/", () => {
  it("says on the embedded sandbox what this is, and all its links lead somewhere", async () => {
    const { status, headers, body } = await get(sandbox, "/");
    expect([status, headers["content-type"]]).toEqual([200, "text/html; charset=utf-8"]);
    expect(body.toString()).toContain("nothing costs money");
    const links = linksIn(body);
    const { origin } = new URL(sandbox.sandbox.baseUrl);
    const wanted = ["/graphql", "/guides", "/guides/clients", "/schema.graphql", "/health", `${origin}/cheat-sheet`];
    expect(links).toEqual(expect.arrayContaining(wanted));
    for (const link of links) expect([link, (await get(sandbox, link, { accept: "text/html" })).status]).toEqual([link, 200]);
  });

  it("has no cheat sheet without the embedded sandbox", async () => {
    const { body } = await get(open, "/");
    expect(body.toString()).toContain("the real API");
    expect(body.toString()).not.toContain("cheat-sheet");
  });

  it("gives nothing away in the profile locked", async () => {
    const { status, headers, body } = await get(locked, "/", { accept: "text/html" });
    expect([status, headers["content-type"]]).toEqual([200, "text/plain; charset=utf-8"]);
    expect(body.toString()).toBe("This server answers GraphQL at /graphql. Ask its operator for the schema.\n");
  });

  it("has neither script nor style of its own, and a policy that allows one style sheet", async () => {
    const { headers, body } = await get(sandbox, "/");
    expect(headers["content-security-policy"]).toMatch(/^default-src 'none'; style-src 'self';.*frame-ancestors 'none'/);
    expect(body.toString()).not.toMatch(/<script|<style|style=/);
  });

  it("is read by GET and HEAD alone, and revalidated", async () => {
    const got = await get(sandbox, "/");
    const head = await get(sandbox, "/", {}, "HEAD");
    expect([head.status, head.headers["content-length"], head.body.length]).toEqual([200, String(got.body.length), 0]);
    expect((await get(sandbox, "/", { "if-none-match": String(got.headers["etag"]) })).status).toBe(304);
    const posted = await get(sandbox, "/", {}, "POST");
    expect([posted.status, posted.headers["allow"]]).toEqual([405, "GET, HEAD"]);
  });
});

describe("/guides", () => {
  it("has the guides as pages, whose links lead to what is there", { timeout: 40_000 }, async () => {
    const index = await get(open, "/guides");
    const guides = linksIn(index.body).filter((link) => link.startsWith("/guides/"));
    expect(guides).toEqual(expect.arrayContaining(["/guides/overview", "/guides/clients", "/guides/sandbox", "/guides/operations"]));
    const pages = new Map<string, string>();
    for (const path of guides) {
      const { status, body } = await get(open, path);
      expect([path, status]).toEqual([path, 200]);
      pages.set(path, body.toString());
    }
    for (const [path, page] of pages) {
      expect([path, page.match(/<h1/g)]).toEqual([path, ["<h1"]]);
      for (const link of linksIn(Buffer.from(page)).filter((one) => one.startsWith("/guides/") || one.startsWith("#"))) {
        const [target, fragment] = link.startsWith("#") ? [path, link.slice(1)] : link.split("#");
        expect([link, pages.has(target ?? "")]).toEqual([link, true]);
        if (fragment !== undefined) expect([path, link, pages.get(target ?? "")?.includes(`id="${fragment}"`)]).toEqual([path, link, true]);
      }
    }
  });

  it("shows code and tables of a guide, and no link to a file that the server does not have", async () => {
    const page = (await get(open, "/guides/operations")).body.toString();
    expect(page).toContain("<td><code>/schema.graphql</code></td>");
    expect(page).not.toMatch(/href="[^"#]*\.(md|ts)/);
    const clients = (await get(open, "/guides/clients")).body.toString();
    expect(clients).toContain('href="/guides/overview#authentication"');
    expect(clients).toContain("npm install -D @graphql-codegen/cli");
  });

  it("are not found in the profile locked", async () => {
    for (const path of ["/guides", "/guides/overview", "/guides/clients"])
      expect([path, (await get(locked, path)).status]).toEqual([path, 404]);
  });
});

describe("/schema.graphql", () => {
  it("is the served schema in the profile open, with an entity tag", async () => {
    const { status, headers, body } = await get(open, "/schema.graphql");
    expect([status, headers["content-type"], headers["cache-control"]]).toEqual([200, "text/plain; charset=utf-8", "no-cache"]);
    expect(body.toString()).toBe(sdl);
    const again = await get(open, "/schema.graphql", { "if-none-match": String(headers["etag"]) });
    expect([again.status, again.body.length]).toEqual([304, 0]);
    const gzip = await get(open, "/schema.graphql", { "accept-encoding": "gzip" });
    expect(gunzipSync(gzip.body).toString()).toBe(sdl);
  });

  it("is for holders of a secret in the profile locked, as introspection is, and says what each may use", async () => {
    const readers = [
      [{ "x-7d-operator-secret": operatorSecret }, operatorSdl],
      [{ "x-7d-gateway-secret": gatewaySecret }, sdl],
    ] as const;
    for (const [headers, text] of readers) {
      const { status, headers: answered, body } = await get(locked, "/schema.graphql", headers);
      expect([status, answered["cache-control"], body.toString() === text]).toEqual([200, "private, no-cache", true]);
    }
  });

  it("is whole for the operator in the profile open, and kept by no shared cache then", async () => {
    const etag = String((await get(open, "/schema.graphql")).headers["etag"]);
    const headers = { "x-7d-operator-secret": operatorSecret, "if-none-match": etag };
    const { status, headers: answered, body } = await get(open, "/schema.graphql", headers);
    expect([status, answered["cache-control"], body.toString() === operatorSdl]).toEqual([200, "private, no-cache", true]);
  });

  it("is not found by others in the profile locked, like any other path", async () => {
    const nowhere = await get(locked, "/nowhere");
    const others = [{}, { "x-7d-operator-secret": "wrong" }, { "x-7d-operator-secret": "" }, { "if-none-match": "*" }];
    for (const headers of others as Record<string, string>[]) {
      const { status, headers: answered, body } = await get(locked, "/schema.graphql", headers);
      expect([status, body.toString()]).toEqual([404, nowhere.body.toString()]);
      expect(Object.keys(answered)).toEqual(Object.keys(nowhere.headers));
    }
  });
});
