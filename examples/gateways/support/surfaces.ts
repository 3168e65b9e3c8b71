/** Every way in which clients get answers of the graph. A new surface is one more row of `surfaces`, and a function that starts it. */
import { createHash } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { graphql } from "graphql";
import type { Facade } from "../../../test/support/facade.js";
import type { Need, SurfaceOperation } from "../../../test/support/surface-operations.js";
import { musicExecutor } from "../music-executor.js";
import { asSent, type Answer, type Gateway, type Headers } from "./asking.js";
import { apolloGateway, hiveGateway, subgraphsOf, subgraphUrl } from "./federated.js";
import { startReviews } from "./reviews.js";
import { stitchedSchema } from "./stitched.js";

export const secret = "the-secret-of-the-gateway";

export interface Surface {
  readonly name: string;
  /** Which operations can be asked of it. */
  readonly has: readonly Need[];
  start(facade: Facade): Promise<RunningSurface>;
}

export interface RunningSurface {
  answer(operation: SurfaceOperation): Promise<Answer>;
  close(): Promise<void>;
}

/** Clients post to it. What it answers, the others have to answer too. */
export const reference: Surface = { name: "POST /graphql", has: ["node", "@inContext", "user", "any form"], start: posting };

export const surfaces: readonly Surface[] = [
  // A GET carries no credentials of users.
  { name: "GET /graphql by hash", has: ["node", "@inContext", "any form"], start: getting },
  { name: "tools of agents", has: reference.has, start: tools },
  { name: "Apollo's gateway", has: ["user"], start: federated(apolloGateway) },
  { name: "Hive gateway", has: ["user"], start: federated(hiveGateway) },
  { name: "a stitched schema", has: ["user", "@inContext"], start: stitched },
];

/** A file of PERSISTED_OPERATIONS. */
export function registered(operations: readonly SurfaceOperation[]): string {
  const file = join(mkdtempSync(join(tmpdir(), "registered-")), "documents.json");
  writeFileSync(file, JSON.stringify(Object.fromEntries(operations.map(({ document }) => [hashOf(document), document]))));
  return file;
}

function hashOf(document: string): string {
  return createHash("sha256").update(document).digest("hex");
}

const nothingToClose = (): Promise<void> => Promise.resolve();

function posting({ url }: Facade): Promise<RunningSurface> {
  return Promise.resolve({
    async answer({ document, variables, headers }) {
      const body = JSON.stringify({ query: document, variables });
      const answer = await fetch(url, { method: "POST", headers: { "content-type": "application/json", ...headers }, body });
      return (await answer.json()) as Answer;
    },
    close: nothingToClose,
  });
}

function getting({ url }: Facade): Promise<RunningSurface> {
  return Promise.resolve({
    async answer({ document, variables, headers }) {
      const query = new URLSearchParams({ documentId: hashOf(document), variables: JSON.stringify(variables) });
      return (await (await fetch(`${url}?${query.toString()}`, { headers })).json()) as Answer;
    },
    close: nothingToClose,
  });
}

/** A client for each store: an agent's headers are those of its connection. It checks every answer against the tool's output schema. */
function tools({ url }: Facade): Promise<RunningSurface> {
  const clients = new Map<string, Promise<Client>>();
  async function connect(headers: Headers): Promise<Client> {
    const client = new Client({ name: "test", version: "1" });
    await client.connect(new StreamableHTTPClientTransport(new URL(url.replace("/graphql", "/mcp")), { requestInit: { headers } }));
    await client.listTools();
    return client;
  }
  return Promise.resolve({
    async answer({ name, variables, headers }) {
      const key = JSON.stringify(headers);
      const client = clients.get(key) ?? connect(headers);
      clients.set(key, client);
      return (await (await client).callTool({ name, arguments: variables })).structuredContent as Answer;
    },
    async close() {
      for (const client of clients.values()) await (await client).close();
    },
  });
}

function federated(startGateway: (...given: Parameters<typeof apolloGateway>) => Promise<Gateway>): Surface["start"] {
  return async (facade) => {
    const reviews = await startReviews({ releaseIds: [], tracks: { releaseId: "", trackIds: [] } });
    const gateway = await startGateway(await subgraphsOf(facade, reviews, secret), secret);
    return {
      answer: ({ document, name, variables, headers }) => gateway.ask({ query: document, operationName: name, variables, headers }),
      async close() {
        await gateway.close();
        await reviews.close();
      },
    };
  };
}

async function stitched(facade: Facade): Promise<RunningSurface> {
  const executor = musicExecutor({
    endpoint: subgraphUrl(facade),
    gatewaySecret: secret,
    headersOf: (context) => (context ?? {}) as Headers,
  });
  const schema = await stitchedSchema(executor);
  return {
    async answer({ document, variables, headers }) {
      return asSent(await graphql({ schema, source: document, variableValues: variables, contextValue: headers }));
    },
    close: nothingToClose,
  };
}
