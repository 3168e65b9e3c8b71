/** What is answered when something below the graph's own error handling fails, and what the graph's execution is told of a request. */
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import { createAddressReader } from "../../../src/http/client-address.js";
import { createCors } from "../../../src/http/cors.js";
import { anonymous } from "../../../src/operation/caller.js";
import { readConfig } from "../../../src/config/config.js";
import { createGraphqlRoute } from "../../../src/http/graphql-route.js";
import { createRequestListener } from "../../../src/http/request-listener.js";
import type { RunRequest } from "../../../src/operation/yoga/yoga-adapter.js";
import type { RequestFacts } from "../../../src/operation/request.js";

type Served = Parameters<typeof createRequestListener>[0];
type Answers = (...given: Parameters<RunRequest>) => Response | Promise<Response>;
type Broken = { readonly fetch?: Answers } & Partial<Served>;

const fault = new Error("a secret");
let server: Server | undefined;

afterEach(() => new Promise((resolve) => server?.close(resolve)));

/** @returns Its URL. */
async function serve({ fetch: answers = () => new Response("{}"), ...served }: Broken, trustedProxies = 0): Promise<string> {
  const route = createGraphqlRoute({
    path: "/graphql",
    operations: { recall: () => undefined, run: () => Promise.reject(fault), reject: () => Promise.reject(fault) as never },
    fastLane: false,
    runRequest: async (...given) => {
      const response = await answers(...given);
      return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
    },
    cors: createCors([]),
    gate: () => Promise.resolve({ sender: anonymous, caller: anonymous, executed: () => undefined }),
    cachesAll: false,
    streams: true,
    getPolicy: { check: () => undefined, isOfAnyPage: () => false },
    readAddress: createAddressReader(trustedProxies),
    limits: { ofGateway: readConfig({}).limits, ofOthers: readConfig({}).limits },
    onRejected: () => undefined,
  });
  const listening = createServer(
    createRequestListener({
      graphqlPath: "/graphql",
      routes: new Map([["/graphql", route]]),
      graphiql: undefined,
      isReserved: () => false,
      report: () => undefined,
      ...served,
    }),
  );
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${String((listening.address() as AddressInfo).port)}/graphql`;
}

it.each<[string, Broken]>([
  [
    "Yoga's adapter throws",
    {
      fetch() {
        throw fault;
      },
    },
  ],
  ["Yoga's adapter rejects", { fetch: () => Promise.reject(fault) }],
  ["an answer cannot be read", { fetch: () => new Response(new ReadableStream({ start: (stream) => stream.error(fault) })) }],
  ["GraphiQL cannot be loaded", { graphiql: () => Promise.reject(fault) }],
])("tells nothing from the inside when %s, and reports it", async (_what, broken) => {
  const reported: unknown[] = [];
  const answer = await fetch(await serve({ ...broken, report: (error) => reported.push(error) }), {
    headers: { accept: "text/html, */*" },
  });
  expect([answer.status, answer.headers.get("content-type")]).toEqual([500, "text/plain; charset=utf-8"]);
  expect(await answer.text()).toBe("Something went wrong on our side. Ask again; if it stays, tell the operator.\n");
  expect(reported).toEqual([fault]);
});

it.each([
  [0, "203.0.113.7", "127.0.0.1"],
  [1, "203.0.113.7", "203.0.113.7"],
  [1, "198.51.100.1, 203.0.113.7", "203.0.113.7"],
  [2, "198.51.100.1, 203.0.113.7", "198.51.100.1"],
  [2, "10.0.0.1, 198.51.100.1, 203.0.113.7", "198.51.100.1"],
  [2, "203.0.113.7", "203.0.113.7"],
  [1, "203.0.113.7:4711", "203.0.113.7"],
  [1, "[2001:db8::1]:4711", "2001:db8::1"],
  [1, "2001:db8::1", "2001:db8::1"],
  [1, "::ffff:203.0.113.7", "203.0.113.7"],
  [1, "unknown", "127.0.0.1"],
  [1, "203.0.113.7, ", "127.0.0.1"],
])("behind %i trusted proxies, X-Forwarded-For: %s comes from %s", async (trustedProxies, forwarded, address) => {
  const contexts: RequestFacts[] = [];
  const url = await serve({ fetch: (_url, _init, context) => (contexts.push(context), new Response("{}")) }, trustedProxies);
  await (await fetch(url, { headers: { "x-forwarded-for": forwarded } })).text();
  await (await fetch(url)).text();
  expect(contexts.map((context) => context.address)).toEqual([address, "127.0.0.1"]);
});

it("tells whoever executes that the client has gone, and of no client that was answered", async () => {
  const gone: string[] = [];
  let answerLate = (): void => undefined;
  const url = await serve({
    fetch(requestUrl, _init, context) {
      const name = new URL(requestUrl).search;
      context.whenGone(() => gone.push(name));
      return name === "?stays" ? new Response("{}") : new Promise((resolve) => (answerLate = () => resolve(new Response("{}"))));
    },
  });
  await (await fetch(`${url}?stays`)).text();
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  socket.write("GET /graphql?goes HTTP/1.1\r\nHost: x\r\n\r\n");
  await once(server as Server, "request");
  socket.destroy();
  await expect.poll(() => gone).toEqual(["?goes"]);
  answerLate();
});
