/** The HTTP server: GraphQL and GraphiQL on /graphql, and whether the process lives on /health. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createYoga } from "graphql-yoga";
import { createClient, type Ambient, type Client } from "../upstream/client.js";
import type { Config } from "../config.js";
import { PageSizeLimit } from "../shared/window-read.js";
import type { GraphContext } from "../graph/context.js";
import { presentError } from "../graph/errors.js";
import { schema } from "../graph/schema.js";
import { createGraphiql, type Graphiql } from "./graphiql.js";
import { operationPlugin } from "./operation-plugin.js";
import { readOperations } from "./operations.js";

const graphqlPath = "/graphql";
const largestBody = 100_000;

/** What the server may not take from its surroundings by itself. */
export interface ServerAmbient extends Ambient {
  /** Told of failures nobody foresaw, which clients see masked. */
  report(error: unknown): void;
  /** Folder of the operations that GraphiQL opens with. */
  readonly operationsDirectory: string;
}

export interface RunningServer {
  /** Where the graph is served, e.g. "http://127.0.0.1:4000/graphql". */
  readonly url: string;
  /** Takes no new requests and resolves when those under way are answered. */
  close(): Promise<void>;
}

/** A configuration that says which API to ask. */
export type ServerConfig = Config & { readonly upstream: NonNullable<Config["upstream"]> };

/** Starts to serve. @throws Error where the address can not be listened on. */
export async function startServer(config: ServerConfig, ambient: ServerAmbient): Promise<RunningServer> {
  const client = createClient({ ...config, ...config.upstream }, ambient);
  const graphiql = createGraphiql({ graphqlPath, tabs: readOperations(ambient.operationsDirectory) });
  const server = createServer(requestListener(createGraph(config, client, ambient), graphiql, ambient));
  await listen(server, config);
  const { port } = server.address() as AddressInfo;
  const host = config.host.includes(":") ? `[${config.host}]` : config.host;
  return {
    url: `http://${host}:${String(port)}${graphqlPath}`,
    async close() {
      await stop(server);
      await client.close();
    },
  };
}

function createGraph(config: ServerConfig, client: Client, ambient: ServerAmbient) {
  const limit = new PageSizeLimit(config.pageSizeLimit);
  return createYoga<object, GraphContext>({
    schema,
    graphqlEndpoint: graphqlPath,
    plugins: [operationPlugin({ client, limit, defaultStore: config.defaultStore })],
    maskedErrors: {
      maskError: (error) =>
        presentError(error, (cause) => {
          ambient.report(cause);
        }),
    },
    maxRequestBodySize: largestBody,
    graphiql: false,
    landingPage: false,
    logging: false,
  });
}

type Graph = ReturnType<typeof createGraph>;

function requestListener(graph: Graph, graphiql: Graphiql, ambient: ServerAmbient) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    const page = graphiql.handle(request, response);
    const answered = page === false ? graph(request, response) : page;
    Promise.resolve(answered).catch((error: unknown) => {
      ambient.report(error);
      response.destroy();
    });
  };
}

function listen(server: Server, { port, host }: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => {
      if (error === undefined) resolve();
      else reject(error);
    });
    server.closeIdleConnections();
  });
}
