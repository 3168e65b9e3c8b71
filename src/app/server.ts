/** The HTTP server: GraphQL and GraphiQL on /graphql, the subgraph on /subgraph, tools for agents on /mcp, pages on /, /guides and /docs, the schema on /schema.graphql; /health, /ready and /metrics for
 *  operators. Start reading here. */
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { Connections } from "../http/connections.js";
import { createGracefulShutdown } from "../http/graceful-shutdown.js";
import { createGraphiql } from "../http/graphiql/graphiql.js";
import { openingTabs, prefills } from "../http/graphiql/tabs.js";
import { httpOptions } from "../http/http-limits.js";
import { createRequestListener, type Route } from "../http/request-listener.js";
import { siteRoutes } from "../http/site/site.js";
import { alone } from "../shared/peers.js";
import type { ServerAmbient } from "./ambient.js";
import { createFoundation, type Foundation } from "./foundation.js";
import { createRoutes } from "./routes.js";
import type { ServerConfig } from "./server-config.js";
import { graphqlPath } from "./surfaces.js";

export interface RunningServer {
  /** Where the graph is served, e.g. "http://127.0.0.1:4000/graphql". */
  readonly url: string;
  /** Not ready any more: /ready says so, and every response closes its connection. Requests are still answered. */
  readonly drain: () => void;
  /** Takes no new requests, and resolves when those under way are answered. After `graceMs` (default: as configured) their connections are
   *  cut off. Then purchases under way may end, however long they take, and other calls to 7digital have another second. */
  readonly close: (graceMs?: number) => Promise<void>;
}

/** @throws Error where the address is in use, or PERSISTED_OPERATIONS cannot be read. */
export async function startServer(config: ServerConfig, given: ServerAmbient): Promise<RunningServer> {
  // The port is known once the server listens.
  let demoOrigins: readonly string[] = [];
  const foundation = await createFoundation(config, given, () => demoOrigins);
  const { ambient, telemetry, services } = foundation;
  const graphiql = await openGraphiql(foundation);
  const routes = new Map([...pages(foundation), ...createRoutes(foundation)]);
  const { peers = alone() } = ambient;
  const perClient = peers.counts("connections", config.limits.socketsPerClient);
  const connections = new Connections({ ...config.limits, trustedProxies: config.trustedProxies }, perClient);
  const isReserved = (request: IncomingMessage): boolean => connections.isReserved(request);
  const listener = createRequestListener({ graphqlPath, graphiql, routes, isReserved, report: telemetry.report });
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

async function openGraphiql({ config: { profile, demo }, services: { sealer }, examples, read }: Foundation) {
  if (profile !== "open") return undefined;
  return createGraphiql({ graphqlPath, tabs: await openingTabs(examples, sealer, demo), prefills: demo ? prefills : [], read });
}

function pages({ config: { profile, demo, upstream }, ambient, read }: Foundation): ReadonlyMap<string, Route> {
  const docsDirectory = join(ambient.rootDirectory, "docs/site/dist");
  return siteRoutes({ profile, graphqlPath, sandboxOrigin: demo && new URL(upstream.baseUrl).origin, read, docsDirectory });
}
