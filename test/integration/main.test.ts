/** The product as a process of its own: what it says of itself, and how it ends. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { artistXml, fakeUpstream, respond } from "../support/fake-upstream.js";
import { certificateFor, openProxy } from "../support/proxy.js";
import { killProcesses, linesOf, startProcess as start } from "../support/process.js";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "main-"));
});
afterEach(() => {
  killProcesses();
  rmSync(folder, { recursive: true });
});

function occupy(): Promise<Server> {
  const server = createServer();
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

it("ends with code 1 when its port is in use, although the embedded sandbox has started", async () => {
  const occupant = await occupy();
  const { code, errors } = start({ PORT: String((occupant.address() as AddressInfo).port) });
  expect(await code).toBe(1);
  expect(await errors).toMatch(/^It could not start: listen EADDRINUSE/);
  occupant.close();
});

it("says where the door of the embedded sandbox is", async () => {
  const said = await start({}).landing;
  const [, origin = ""] =
    /the embedded sandbox, a made-up catalogue, at (http:\/\/127\.0\.0\.1:\d+) \(docs\/sandbox\.md\)\.\n$/.exec(said) ?? [];
  expect(await (await fetch(`${origin}/_sandbox/journal`)).json()).toMatchObject({ total: 0 });
});

it("seals the bearer that it publishes on the embedded sandbox with no key that is set for production", async () => {
  const production = `production:${Buffer.alloc(32, 1).toString("base64")}`;
  const { url } = start({ SEALING_KEYS: production });
  const page = await (await fetch(await url, { headers: { accept: "text/html" } })).text();
  const [, settings = ""] = /src="(\/graphiql\/settings[^"]+)"/.exec(page) ?? [];
  const [, header = ""] = /Bearer ([\w-]+)\.\./.exec(await (await fetch(new URL(settings, await url))).text()) ?? [];
  expect(JSON.parse(Buffer.from(header, "base64url").toString())).toMatchObject({ kid: "sandbox" });
});

it.each(["SIGINT", "a second SIGINT"])("leaves no folder of the embedded sandbox behind after %s", async (signals) => {
  const { child, url, code } = start({ TMPDIR: folder });
  await url;
  const kept = (): readonly string[] => readdirSync(folder).filter((name) => name.startsWith("7digital-graphql-"));
  expect(kept()).toHaveLength(1);
  child.kill("SIGINT");
  if (signals !== "SIGINT") child.kill("SIGINT");
  await code;
  expect(kept()).toEqual([]);
});

it("warns of what will not work with a real key, without telling it", async () => {
  writeFileSync(join(folder, "file"), "");
  const { child, url, code, errors } = start({
    SEVENDIGITAL_CONSUMER_KEY: "the-key",
    DATA_DIRECTORY: join(folder, "file", "data"),
  });
  await url;
  child.kill("SIGINT");
  await code;
  expect(linesOf(await errors).map(({ level, msg }) => [level, msg])).toEqual([
    ["warn", "SEVENDIGITAL_CONSUMER_SECRET is not set: signed calls will fail (users, baskets, purchases, media)."],
    ["warn", "SEALING_KEYS is not set: after a restart, users must sign in again and quotes are invalid."],
    ["warn", "DATA_DIRECTORY cannot be written to: purchases will fail."],
  ]);
});

it("warns of nothing with a real key and all that goes with it", async () => {
  const { child, landing, code, errors } = start({
    SEVENDIGITAL_CONSUMER_KEY: "the-key",
    SEVENDIGITAL_CONSUMER_SECRET: "the-secret",
    SEALING_KEYS: `one:${Buffer.alloc(32, 1).toString("base64")}`,
    DATA_DIRECTORY: join(folder, "new", "data"),
  });
  expect(await landing).toMatch(/It answers from the real API at https:\/\/api\.7digital\.com\/1\.2\.\n$/);
  child.kill("SIGINT");
  await code;
  expect(await errors).toBe("");
  expect(readdirSync(folder), "before the first purchase").toEqual([]);
});

it("warns of keys that travel by plain http, but not within this machine", async () => {
  const warned = async (host: string): Promise<readonly unknown[]> => {
    const { child, url, code, errors } = start({
      SEVENDIGITAL_CONSUMER_KEY: "the-key",
      SEVENDIGITAL_CONSUMER_SECRET: "the-secret",
      SEALING_KEYS: `one:${Buffer.alloc(32, 1).toString("base64")}`,
      SEVENDIGITAL_BASE_URL: `http://${host}/1.2`,
      SEVENDIGITAL_SECURE_BASE_URL: `http://${host}/1.2`,
      DATA_DIRECTORY: join(folder, "data"),
    });
    await url;
    child.kill("SIGINT");
    await code;
    return linesOf(await errors).map(({ msg }) => msg);
  };
  expect(await warned("api.7digital.com")).toEqual([
    "SEVENDIGITAL_BASE_URL is plain http: others on the network can read and change the consumer key and prices.",
    "SEVENDIGITAL_SECURE_BASE_URL is plain http: others on the network can read and change the consumer key and prices, and users' data.",
  ]);
  expect(await warned("127.0.0.1:9")).toEqual([]);
});

it("reads a file .env in UTF-16, behind what the environment says", async () => {
  writeFileSync(join(folder, ".env"), Buffer.from("\ufeffLOG_LEVEL=info\r\nHOST=nowhere.invalid\r\n", "utf16le"));
  const { child, url, code, errors } = start({ HOST: "127.0.0.1" }, "", folder);
  await fetch(`${await url}?query=${encodeURIComponent("{ __typename }")}`);
  child.kill("SIGINT");
  await code;
  expect(linesOf(await errors)).toMatchObject([
    { level: "info", msg: "tools for agents" },
    { level: "info", msg: "operation" },
  ]);
});

it("does not start on a malformed file .env, and shows nothing of it", async () => {
  writeFileSync(join(folder, ".env"), "PORT=0\nSEVENDIGITAL_CONSUMER_SECRET s3cr3t\n");
  const { code, errors, output } = start({}, "", folder);
  expect(await code).toBe(1);
  expect(await errors).toBe("The configuration has 1 mistake(s):\n  .env line 2 is not NAME=value.\n");
  expect(await output).toBe("");
});

it("warns of names that look like settings, on the embedded sandbox too", async () => {
  const { child, url, code, errors } = start({ DATA_DIRECTROY: "s3cr3t" });
  await url;
  child.kill("SIGINT");
  await code;
  expect(linesOf(await errors)).toMatchObject([{ level: "warn", msg: "DATA_DIRECTROY is not a setting; did you mean DATA_DIRECTORY?" }]);
});

async function nameOfArtist(url: string): Promise<unknown> {
  const response = await fetch(`${url}?query=${encodeURIComponent(`{ artist(id: "1") { name } }`)}`);
  return response.json();
}

it("calls 7digital through a proxy that is itself spoken to by TLS", async () => {
  const certificate = await certificateFor("api.sevendigital.test");
  const origin = await fakeUpstream(respond(artistXml()), { tls: certificate });
  const proxy = await openProxy(origin.port, { tls: certificate });
  writeFileSync(join(folder, "ca.pem"), certificate.cert);
  const { url } = start({
    PROFILE: "open",
    SEVENDIGITAL_CONSUMER_KEY: "the-key",
    SEVENDIGITAL_BASE_URL: "https://api.sevendigital.test/1.2",
    HTTPS_PROXY: `https://shop:pr0xy-pass@127.0.0.1:${String(proxy.port)}`,
    NODE_EXTRA_CA_CERTS: join(folder, "ca.pem"),
  });
  expect(await nameOfArtist(await url)).toMatchObject({ data: { artist: { name: "Keane" } } });
  const authorization = `Basic ${Buffer.from("shop:pr0xy-pass").toString("base64")}`;
  expect(proxy.connects).toEqual([{ authority: "api.sevendigital.test:443", authorization }]);
  await proxy.close();
});

it("shows no credentials of a proxy, whatever it refuses", async () => {
  const proxy = await openProxy((socket) => socket.end("HTTP/1.1 407 pr0xy-pass\r\nProxy-Authenticate: Basic\r\n\r\npr0xy-pass"));
  const { child, url, code, errors } = start({
    PROFILE: "open",
    LOG_LEVEL: "debug",
    SEVENDIGITAL_CONSUMER_KEY: "the-key",
    https_proxy: `http://shop:pr0xy-pass@127.0.0.1:${String(proxy.port)}`,
  });
  const answer = JSON.stringify(await nameOfArtist(await url));
  expect(answer).toContain("7digital could not be reached for artist/details (PROXY_407).");
  child.kill("SIGINT");
  await code;
  for (const shown of [answer, await errors]) {
    expect(shown).toContain("UPSTREAM_UNAVAILABLE");
    expect(shown).not.toMatch(/pr0xy-pass|c2hvcDpwcjB4eS1wYXNz/);
  }
  await proxy.close();
});

it("asks no proxy on the embedded sandbox", async () => {
  const proxy = await openProxy((socket) => socket.end("HTTP/1.1 403 No\r\n\r\n"));
  const there = `http://127.0.0.1:${String(proxy.port)}`;
  const { url } = start({ HTTP_PROXY: there, HTTPS_PROXY: there, http_proxy: there, https_proxy: there });
  expect(await nameOfArtist(await url)).not.toHaveProperty("errors");
  expect(proxy.connects).toEqual([]);
  await proxy.close();
});

it.each(["SIGINT", "SIGTERM"] as const)("stops with code 0 on %s", async (signal) => {
  const { child, url, code, output, errors } = start({});
  await (
    await fetch(await url, { method: "POST", headers: { "content-type": "application/json" }, body: `{"query":"{ __typename }"}` })
  ).text();
  child.kill(signal);
  expect(await code).toBe(0);
  expect(await errors, "in a normal run").toBe("");
  expect(await output).toMatch(/^7digital GraphQL on [^\n]*\n$/);
});

it("answers what is under way on the first signal, and ends at once on the second, whichever", async () => {
  const silent = await occupy();
  const called = new Promise((resolve) => silent.once("connection", resolve));
  const { child, url, code } = start({
    PROFILE: "open",
    SEVENDIGITAL_CONSUMER_KEY: "sandbox",
    SEVENDIGITAL_CONSUMER_SECRET: "sandbox-secret",
    SEVENDIGITAL_BASE_URL: `http://127.0.0.1:${String((silent.address() as AddressInfo).port)}/1.2`,
    SEVENDIGITAL_TIMEOUT_MS: "60000",
  });
  const query = encodeURIComponent(`{ artist(id: "1") { name } }`);
  const unanswered = fetch(`${await url}?query=${query}`).catch(() => "cut off");
  await called;
  child.kill("SIGTERM");
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(child.exitCode, "after the first").toBeNull();
  child.kill("SIGINT");
  expect(await code).toBe(1);
  expect(await unanswered).toBe("cut off");
  silent.close();
});
