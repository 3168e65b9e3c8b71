/** The routes of the service within servers of others: node:http, Express and Fastify. */
import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { fastify } from "fastify";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createMiddleware, type Middleware } from "../../../src/entries/middleware.js";
import { startSandbox, type Sandbox } from "../../../src/entries/sandbox.js";

let sandbox: Sandbox;
let music: Middleware;
const stops: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  sandbox = await startSandbox();
  music = await createMiddleware({ ...sandbox.settings, PROFILE: "open", LOG_LEVEL: "silent" }, { path: "/music" });
});
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});
afterAll(async () => {
  await music.close();
  await sandbox.close();
});

async function listening(server: Server): Promise<string> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  stops.push(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  });
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

const served = (listener: RequestListener): Promise<string> => listening(createServer(listener));

function post(url: string, body: string | Buffer, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  return fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: new Uint8Array(Buffer.from(body)),
  });
}

const keane = JSON.stringify({ query: `{ artist(id: "1") { name } }` });

/** Servers with `/music` and a page of their own at "/". */
const servers: readonly (readonly [name: string, start: () => Promise<string>])[] = [
  ["node:http", () => served((request, response) => music.handle(request, response, () => response.end("own page")))],
  ["Express", () => served(express().use(music.handle).get("/", ownPage))],
  ["Express, mounted", () => served(express().use("/music", music.handle).get("/", ownPage))],
  ["Express, after express.json()", () => served(express().use(express.json()).use(music.handle).get("/", ownPage))],
  ["Fastify", startFastify],
];

function ownPage(_request: unknown, response: { send(text: string): unknown }): void {
  response.send("own page");
}

async function startFastify(): Promise<string> {
  const app = fastify();
  app.addHook("onRequest", (request, reply, done) => {
    music.handle(request.raw, reply.raw, done);
  });
  app.get("/", () => "own page");
  const origin = await app.listen({ port: 0, host: "127.0.0.1" });
  stops.push(() => {
    app.server.closeAllConnections();
    return app.close();
  });
  return origin;
}

describe.each(servers)("in %s", (_, start) => {
  it("it answers below its path, and passes on the rest", async () => {
    const origin = await start();
    const answer = await post(`${origin}/music/graphql`, keane);
    expect([answer.status, answer.headers.get("cache-control"), await answer.json()]).toMatchObject([
      200,
      "no-store",
      { data: { artist: { name: "Keane" } } },
    ]);
    const get = await fetch(`${origin}/music/graphql?query=${encodeURIComponent(`{ artist(id: "1") { name } }`)}`);
    expect(await get.json()).toMatchObject({ data: { artist: { name: "Keane" } } });
    expect(await (await fetch(`${origin}/music/schema.graphql`)).text()).toContain("type Release implements");
    expect((await fetch(`${origin}/music/ready`)).status).toBe(200);
    expect(await (await post(`${origin}/music/subgraph`, JSON.stringify({ query: "{ _service { sdl } }" }))).text()).toContain("@key");
    expect(await (await fetch(origin)).text()).toBe("own page");
    sandbox.clearCalls();
    expect((await post(`${origin}/graphql`, keane)).headers.get("content-security-policy")).not.toBe(
      "default-src 'none'; frame-ancestors 'none'",
    );
    expect(sandbox.callCount()).toBe(0);
  });

  it("bodies have the limits of the service", async () => {
    const origin = await start();
    const many = JSON.stringify({ query: "{ __typename }", variables: { list: new Array(3000).fill(1) } });
    const { status } = await post(`${origin}/music/graphql`, many);
    expect(status).toBe(400);
    const rejected = (await (await post(`${origin}/music/graphql`, JSON.stringify({ query: "{ nothing }" }))).json()) as {
      readonly errors: readonly { readonly extensions: { readonly code: string } }[];
    };
    expect(rejected.errors.map(({ extensions: { code } }) => code)).toEqual(["GRAPHQL_VALIDATION_FAILED"]);
  });
});

it("without next, what is not its own is not found, and says where the graph is", async () => {
  const origin = await served((request, response) => music.handle(request, response));
  const answer = await fetch(`${origin}/other`);
  expect([answer.status, await answer.text()]).toEqual([404, "Not found. The graph is at /music/graphql.\n"]);
});

it("a body that a parser has read and not kept is a bad request that says so", async () => {
  const origin = await served((request, response) => {
    request.resume().once("end", () => music.handle(request, response));
  });
  const answer = await post(`${origin}/music/graphql`, keane);
  expect(answer.status).toBe(400);
  expect(await answer.text()).toContain("has read the body");
});

it("bodies that a parser has left as text or bytes are read as such", async () => {
  const app = express()
    .use(express.text({ type: "*/*" }))
    .use(music.handle);
  const bytes = express()
    .use(express.raw({ type: "*/*" }))
    .use(music.handle);
  for (const one of [app, bytes]) {
    const answer = await post(`${await served(one)}/music/graphql`, keane);
    expect(await answer.json()).toMatchObject({ data: { artist: { name: "Keane" } } });
  }
});

it("when it drains it is not ready, and still answers", async () => {
  const own = await createMiddleware({ ...sandbox.settings, LOG_LEVEL: "silent" });
  const origin = await served((request, response) => own.handle(request, response));
  expect((await fetch(`${origin}/ready`)).status).toBe(200);
  own.drain();
  expect((await fetch(`${origin}/ready`)).status).toBe(503);
  expect(await (await post(`${origin}/graphql`, keane)).json()).toMatchObject({ data: { artist: { name: "Keane" } } });
  await own.close();
});

it.each(["music", "/music/", "/a b", "/"])("the path %j is refused", async (path) => {
  await expect(createMiddleware({}, { path })).rejects.toThrow('must begin with "/"');
});
