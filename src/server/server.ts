/** The HTTP server: GraphQL and GraphiQL on /graphql, and whether the process lives on /health. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createYoga } from "graphql-yoga";
import type { Config } from "../config.js";
import type { GraphContext } from "../graph/context.js";
import type { Services } from "../graph/services.js";
import { presentError } from "../graph/errors.js";
import { schema } from "../graph/schema.js";
import { createCallerReader } from "./credentials.js";
import { exampleTabs } from "./example-tabs.js";
import { createGraphiql } from "./graphiql.js";
import { jsonPlugin } from "./json-plugin.js";
import { operationPlugin } from "./operation-plugin.js";
import { readOperations } from "./operations.js";
import { requestListener } from "./request-listener.js";
import type { ServerAmbient, ServerConfig } from "./server-config.js";
import { createServices } from "./services.js";
import { stopper } from "./stopping.js";

const graphqlPath = "/graphql";
const stopGraceMs = 10_000;

export interface RunningServer {
  /** Where the graph is served, e.g. "http://127.0.0.1:4000/graphql". */
  readonly url: string;
  /** Takes no new requests and resolves when those under way are answered. After `graceMs`, 10 s by default, their connections are cut
   *  off; calls to 7digital that are still under way then end by their own deadline. */
  close(graceMs?: number): Promise<void>;
}

/** Starts to serve. @throws Error where the address can not be listened on. */
export async function startServer(config: ServerConfig, ambient: ServerAmbient): Promise<RunningServer> {
  const operations = readOperations(ambient.operationsDirectory);
  // Grows once the port is known, which is before anybody can ask.
  const returnOrigins = [...config.returnOrigins];
  const services = createServices({ ...config, returnOrigins }, ambient);
  const graphiql = createGraphiql({ graphqlPath, tabs: await exampleTabs(operations, services.sealer, config.demo?.user) });
  const report = (error: unknown): void => {
    ambient.report(error);
  };
  const graph = createGraph(config, services, report);
  const server = createServer(requestListener({ graph, graphqlPath, graphiql, report }));
  const stop = stopper(server);
  try {
    await listen(server, config);
  } catch (error) {
    await services.close();
    throw error;
  }
  const { port } = server.address() as AddressInfo;
  if (config.demo?.returnsHere) returnOrigins.push(`http://127.0.0.1:${String(port)}`, `http://localhost:${String(port)}`);
  const host = config.host.includes(":") ? `[${config.host}]` : config.host;
  return {
    url: `http://${host}:${String(port)}${graphqlPath}`,
    async close(graceMs = stopGraceMs) {
      await stop(graceMs);
      await services.close();
    },
  };
}

function createGraph(config: ServerConfig, services: Services, report: (error: unknown) => void) {
  const readCaller = createCallerReader({ ...config, ...services });
  return createYoga<object, GraphContext>({
    schema,
    graphqlEndpoint: graphqlPath,
    // Answered before Yoga, which would take every URL that ends in it; none ends in a space.
    healthCheckEndpoint: " ",
    plugins: [jsonPlugin, operationPlugin({ services, readCaller, defaultStore: config.defaultStore })],
    maskedErrors: { maskError: (error) => presentError(error, report) },
    // Bounded where it is read, in request-body.ts.
    maxRequestBodySize: false,
    // Bare Yoga allows every origin, with credentials.
    cors: false,
    multipart: false,
    graphiql: false,
    landingPage: false,
    logging: false,
  });
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
