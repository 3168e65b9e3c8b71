/** Every server of this folder answers, on a sandbox of its own. */
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { parse } from "graphql";
import { expect, it } from "vitest";
import { createExpressApp } from "./express.js";
import { createFastifyApp } from "./fastify.js";
import { createMusicGraph } from "./graph.js";
import { createNodeServer } from "./node-http.js";
import { startMusic } from "./server.js";

const query = `{ artist(id: "1") { name } }`;
const keane = { data: { artist: { name: "Keane" } } };

async function ask(url: string): Promise<unknown> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query }),
  });
  return response.json();
}

const originOf = (address: AddressInfo | string | null): string => `http://127.0.0.1:${String((address as AddressInfo).port)}`;

it("a server of its own", async () => {
  const music = await startMusic({});
  expect(await ask(music.url)).toMatchObject(keane);
  await music.close();
});

it("a handler of node:http", async () => {
  const server = await createNodeServer({});
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  expect(await ask(`${originOf(server.address())}/graphql`)).toMatchObject(keane);
  server.closeAllConnections();
  server.close();
  await once(server, "close");
});

it("Express", async () => {
  const { app, music } = await createExpressApp({});
  const server = app.listen(0, "127.0.0.1");
  await once(server, "listening");
  const origin = originOf(server.address());
  expect(await ask(`${origin}/music/graphql`)).toMatchObject(keane);
  expect(await (await fetch(origin)).text()).toBe("The shop");
  server.closeAllConnections();
  server.close();
  await once(server, "close");
  await music.close();
});

it("Fastify", async () => {
  const app = await createFastifyApp({});
  const origin = await app.listen({ port: 0, host: "127.0.0.1" });
  expect(await ask(`${origin}/music/graphql`)).toMatchObject(keane);
  expect(await (await fetch(origin)).text()).toBe("The shop");
  app.server.closeAllConnections();
  await app.close();
});

it("a graph in another server, by the headers of its request", async () => {
  const { executor, close } = await createMusicGraph({});
  const context = { request: { headers: { "x-7d-country": "DE" }, socket: {} } };
  const result = await executor({ document: parse("{ storeContext { country } }"), context });
  expect(result).toMatchObject({ data: { storeContext: { country: "DE" } } });
  await close();
});
