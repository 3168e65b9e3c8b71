/** The HTTP server: GraphQL and GraphiQL on /graphql, whether the process lives on /health, and what its operators ask. */
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createYoga, type Plugin } from "graphql-yoga";
import type { Config } from "../config.js";
import type { GraphContext } from "../graph/context.js";
import type { Services } from "../graph/services.js";
import { presentError } from "../graph/errors.js";
import { schema } from "../graph/schema.js";
import { createAdmission } from "./admission.js";
import { createGetPolicy } from "./by-get.js";
import { createAddressReader } from "./client-address.js";
import { Connections } from "./connections.js";
import { createCors } from "./cors.js";
import { createCallerReader, createTrustCheck } from "./credentials.js";
import { DocumentMemory } from "./document-memory.js";
import { documentPlugin } from "./document-plugin.js";
import { exampleTabs } from "./example-tabs.js";
import { graphEndpoint, type Graph } from "./graph-endpoint.js";
import { createGraphiql } from "./graphiql.js";
import { httpOptions } from "./http-limits.js";
import { jsonPlugin } from "./json-plugin.js";
import { operationPlugin } from "./operation-plugin.js";
import { readOperations } from "./operations.js";
import { persistedOperationsPlugin, persistedParameter } from "./persisted-operations.js";
import { createRates, type Rates } from "./rates.js";
import { requestListener, type Route } from "./request-listener.js";
import type { ServerAmbient, ServerConfig } from "./server-config.js";
import { createServices } from "./services.js";
import { stopper } from "./stopping.js";
import { createTelemetry, type Telemetry } from "./telemetry.js";

const graphqlPath = "/graphql";

export interface RunningServer {
  /** Where the graph is served, e.g. "http://127.0.0.1:4000/graphql". */
  readonly url: string;
  /** Says on /ready that it is not, and with every answer that its connection ends; still answers all who come. */
  drain(): void;
  /** Takes no new requests and resolves when those under way are answered. After `graceMs`, as configured by default, their connections
   *  are cut off; purchases are waited for, and other calls to 7digital that are still under way then for a second. */
  close(graceMs?: number): Promise<void>;
}

/** Starts to serve. @throws Error where the address can not be listened on, or PERSISTED_OPERATIONS is of no use. */
export async function startServer(config: ServerConfig, ambient: ServerAmbient): Promise<RunningServer> {
  const operations = readOperations(ambient.operationsDirectory);
  // Whose file may be wrong, which is found out before anything is opened.
  const persisted = persistedOperationsPlugin(config);
  // Grows once the port is known, which is before anybody can ask.
  const returnOrigins = [...config.returnOrigins];
  const telemetry = createTelemetry(config, ambient);
  const services = createServices({ ...config, returnOrigins }, ambient, telemetry);
  const graphiql =
    config.profile === "open"
      ? createGraphiql({ graphqlPath, tabs: await exampleTabs(operations, services.sealer, config.demo?.user) })
      : undefined;
  const { report } = telemetry;
  const routes = new Map<string, Route>([
    [graphqlPath, graphRoute(config, { services, telemetry, persisted })],
    ["/health", sayAlive],
    ...telemetry.routes,
  ]);
  const connections = new Connections({ ...config.limits, trustedProxies: config.trustedProxies });
  const isReserved = (request: IncomingMessage): boolean => connections.isReserved(request);
  const listener = requestListener({ graphqlPath, graphiql, routes, isReserved, report });
  const server = createServer(httpOptions(config.keepAliveMs), connections.inTurn(listener));
  connections.watch(server);
  const stopping = stopper(server);
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
    drain() {
      telemetry.drain();
      stopping.drain();
    },
    async close(graceMs = config.stopGraceMs) {
      telemetry.drain();
      await stopping.stop(graceMs);
      await services.close();
    },
  };
}

/** What is made before the graph is. */
interface Prepared {
  readonly services: Services;
  readonly telemetry: Telemetry;
  readonly persisted: Plugin;
}

function graphRoute(config: ServerConfig, prepared: Prepared): Route {
  const { services, telemetry } = prepared;
  const rates = createRates({ ...config, now: () => services.now() });
  const readCaller = createCallerReader({ ...config, ...services });
  return graphEndpoint({
    graph: createGraph(config, rates, prepared),
    cors: createCors(config.allowedOrigins),
    admit: createAdmission({ readCaller, rates, mostAtOnce: config.limits.socketsPerClient }),
    refusalOfGet: createGetPolicy({ profile: config.profile, isTrusted: createTrustCheck(config) }),
    addressOf: createAddressReader(config.trustedProxies),
    bodyBytes: config.limits.bodyBytes,
    refused: telemetry.refused,
  });
}

function createGraph(config: ServerConfig, rates: Rates, { services, telemetry, persisted }: Prepared): Graph {
  const documents = new DocumentMemory();
  return createYoga<object, GraphContext>({
    schema,
    graphqlEndpoint: graphqlPath,
    // Answered before Yoga, which would take every URL that ends in it; none ends in a space.
    healthCheckEndpoint: " ",
    extraParamNames: [persistedParameter],
    parserAndValidationCache: { documentCache: documents },
    plugins: [
      telemetry.plugin,
      jsonPlugin,
      documentPlugin(config, documents, telemetry.report),
      persisted,
      operationPlugin({ ...config, services, rates }),
    ],
    maskedErrors: { maskError: (error) => presentError(error, telemetry.report, () => services.now()) },
    // Bounded where it is read, in graph-endpoint.ts.
    maxRequestBodySize: false,
    // Said in cors.ts; bare Yoga allows every origin, with credentials.
    cors: false,
    multipart: false,
    graphiql: false,
    landingPage: false,
    logging: false,
  });
}

const sayAlive: Route = (_request, response) => {
  response.writeHead(200, { "Content-Length": 0 }).end();
};

function listen(server: Server, { port, host }: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}
