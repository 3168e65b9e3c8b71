/** What is answered when something below the graph's own error handling fails. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import { requestListener } from "../../src/server/request-listener.js";

type Served = Parameters<typeof requestListener>[0];

const fault = new Error("a secret");
let server: Server | undefined;

afterEach(() => new Promise((resolve) => server?.close(resolve)));

async function answerOf(broken: Partial<Served>) {
  const reported: unknown[] = [];
  const graphiql: Served["graphiql"] = { handle: () => false };
  const graph = { fetchAPI: { Request }, fetch: () => new Response("{}") };
  const listener = requestListener({ graph, graphiql, graphqlPath: "/graphql", report: (error) => reported.push(error), ...broken });
  const listening = createServer(listener);
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
  const answer = await fetch(`http://127.0.0.1:${String((listening.address() as AddressInfo).port)}/graphql`);
  return { status: answer.status, type: answer.headers.get("content-type"), body: await answer.text(), reported };
}

it.each<[string, Partial<Served>]>([
  [
    "Yoga's adapter throws",
    {
      graph: {
        fetchAPI: { Request },
        fetch() {
          throw fault;
        },
      },
    },
  ],
  ["Yoga's adapter rejects", { graph: { fetchAPI: { Request }, fetch: () => Promise.reject(fault) } }],
  [
    "an answer can not be read",
    { graph: { fetchAPI: { Request }, fetch: () => new Response(new ReadableStream({ start: (stream) => stream.error(fault) })) } },
  ],
  ["GraphiQL can not be loaded", { graphiql: { handle: () => Promise.reject(fault) } }],
])("tells nothing from the inside when %s, and reports it", async (_what, broken) => {
  expect(await answerOf(broken)).toEqual({
    status: 500,
    type: "text/plain; charset=utf-8",
    body: "Something went wrong on our side. Ask again; if it stays, tell the operator.\n",
    reported: [fault],
  });
});
