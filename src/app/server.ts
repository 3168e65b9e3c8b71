/** The HTTP server: GraphQL and GraphiQL on /graphql, the subgraph on /subgraph, tools for agents on /mcp, pages on / and /guides, the schema on /schema.graphql; /health, /ready and /metrics for
 *  operators. Start reading here. */
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { Connections } from "../http/connections.js";
import { createGracefulShutdown } from "../http/graceful-shutdown.js";
import { readOperations, type ExampleOperation } from "../http/graphiql/example-operations.js";
import { createGraphiql } from "../http/graphiql/graphiql.js";
import { openingTabs, prefills } from "../http/graphiql/tabs.js";
import { httpOptions } from "../http/http-limits.js";
import { installedFiles, type ReadInstalled } from "../http/installed-files.js";
import { healthRoute, metricsRoute, readyRoute } from "../http/operator-routes.js";
import { createRequestListener, type Route } from "../http/request-listener.js";
import { schemaRoute } from "../http/schema-route.js";
import { siteRoutes } from "../http/site/site.js";
import { readPersistedOperations, type PersistedOperations } from "../operation/persisted-operations.js";
import { secretsOf } from "../telemetry/redact.js";
import { createTelemetry, type Telemetry } from "../telemetry/telemetry.js";
import { agentTools, type AgentTools } from "./agent-tools.js";
import { publicView, schema } from "./schema.js";
import type { ServerAmbient } from "./ambient.js";
import type { ServerConfig } from "./server-config.js";
import { createServices, type Services } from "./services.js";
import { graphqlPath, surfaceRoutes } from "./surfaces.js";

export interface RunningServer {
  /** Where the graph is served, e.g. "http://127.0.0.1:4000/graphql". */
  readonly url: string;
  /** Not ready any more: /ready says so, and every response closes its connection. Requests are still answered. */
  drain(): void;
  /** Takes no new requests, and resolves when those under way are answered. After `graceMs` (default: as configured) their connections are
   *  cut off. Then purchases under way may end, however long they take, and other calls to 7digital have another second. */
  close(graceMs?: number): Promise<void>;
}

/** @throws Error where the address is in use, or PERSISTED_OPERATIONS cannot be read. */
export async function startServer(config: ServerConfig, ambient: ServerAmbient): Promise<RunningServer> {
  const read = installedFiles(ambient.rootDirectory);
  const examples = readOperations(join(ambient.rootDirectory, "schema/operations"));
  const persisted = readPersistedOperations(config.persistedOperations);
  const telemetry = createTelemetry({ ...ambient, secrets: secretsOf(config) });
  // The port is known once the server listens.
  let demoOrigins: readonly string[] = [];
  const services = createServices(config, ambient, telemetry, () => [...config.returnOrigins, ...demoOrigins]);
  const graphiql = await openGraphiql(config, services, { examples, read });
  const { report } = telemetry;
  const agents = agentTools(config, { examples, read, log: ambient.log });
  const routes = createRoutes(config, services, telemetry, { persisted, agents, read, registry: ambient.registry });
  const connections = new Connections({ ...config.limits, trustedProxies: config.trustedProxies });
  const isReserved = (request: IncomingMessage): boolean => connections.isReserved(request);
  const listener = createRequestListener({ graphqlPath, graphiql, routes, isReserved, report });
  const server = createServer(httpOptions(config.keepAliveMs), connections.inTurn(listener));
  connections.watch(server);
  const shutdown = createGracefulShutdown(server);
  try {
    server.listen(config.port, config.host);
    await once(server, "listening");
  } catch (error) {
    await services.close();
    throw error;
  }
  const { port } = server.address() as AddressInfo;
  if (config.demo?.returnsHere) demoOrigins = [`http://127.0.0.1:${String(port)}`, `http://localhost:${String(port)}`];
  const host = config.host.includes(":") ? `[${config.host}]` : config.host;
  return {
    url: `http://${host}:${String(port)}${graphqlPath}`,
    drain() {
      telemetry.drain();
      shutdown.drain();
    },
    async close(graceMs = config.stopGraceMs) {
      telemetry.drain();
      services.interrupt();
      await shutdown.stop(graceMs);
      await services.close();
    },
  };
}

interface GraphiqlFiles {
  readonly examples: readonly ExampleOperation[];
  readonly read: ReadInstalled;
}

async function openGraphiql(config: ServerConfig, { sealer }: Services, { examples, read }: GraphiqlFiles) {
  const { profile, demo } = config;
  if (profile !== "open") return undefined;
  return createGraphiql({ graphqlPath, tabs: await openingTabs(examples, sealer, demo), prefills: demo ? prefills : [], read });
}

interface RouteSources extends Pick<ServerAmbient, "registry"> {
  readonly persisted: PersistedOperations;
  readonly agents: AgentTools | undefined;
  readonly read: ReadInstalled;
}

function createRoutes(
  config: ServerConfig,
  services: Services,
  telemetry: Telemetry,
  { persisted, agents, read, registry }: RouteSources,
): ReadonlyMap<string, Route> {
  const sandboxOrigin = config.demo && new URL(config.upstream.baseUrl).origin;
  return new Map<string, Route>([
    ...siteRoutes({ profile: config.profile, graphqlPath, sandboxOrigin, read }),
    ...surfaceRoutes(config, services, telemetry, { persisted, agents }),
    ["/schema.graphql", schemaRoute({ ofOperator: schema, ofEveryone: publicView }, { ...config, graphqlPath })],
    ["/health", healthRoute],
    ["/ready", readyRoute(telemetry.readReadiness)],
    ["/metrics", metricsRoute(registry, config)],
  ]);
}
