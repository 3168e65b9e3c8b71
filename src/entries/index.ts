/** `7digital-graphql`: the service within your own process, and the graph as a schema and an executor. */
import type { GraphQLSchema } from "graphql";
import { ConfigError } from "../config/config-error.js";
import { processSettings, readGiven } from "../config/config.js";
import type { GraphExecutor, GraphRequest } from "../embedding/graph-request.js";
import { prepare } from "./prepare.js";
import { startService } from "./service.js";
import type { Settings } from "./settings.js";

export type { GraphExecutor, GraphOperation, GraphRequest } from "../embedding/graph-request.js";
export type { Settings, SettingValue } from "./settings.js";
export { ConfigError };

/** A service that listens. */
export interface Server {
  /** Where the graph is served, e.g. "http://127.0.0.1:4000/graphql". */
  readonly url: string;
  /** Call it some seconds before `close`: `/ready` says that load balancers should use another copy. Requests are still answered. */
  readonly drain: () => void;
  /** Takes no new requests, and resolves when those under way are answered, after `STOP_GRACE_MS` at the latest. Purchases under way end
   *  first, however long they take. */
  readonly close: () => Promise<void>;
}

/** Starts what `npx 7digital-graphql` starts: without `SEVENDIGITAL_CONSUMER_KEY` on the embedded sandbox. It reads no environment and no
 *  file .env; `environmentSettings` does.
 *  @throws ConfigError that lists every mistake in the settings @throws Error where the address is in use */
export async function createServer(settings: Settings = {}): Promise<Server> {
  const { url, drain, close } = await startService(readGiven({ ...settings }));
  return { url, drain, close };
}

/** The graph without a server of its own. */
export interface Graph {
  /** For Apollo Server, Mercurius, Yoga or `graphql()`. The first field that is resolved runs the whole operation, with the limits, rates and
   *  rules of the service. */
  readonly schema: GraphQLSchema;
  /** Runs operations without executing `schema`, and gives `extensions` as well: for subschemas of a stitched schema. */
  readonly executor: GraphExecutor;
  /** Resolves when purchases under way have ended, and other calls have ended or had a second. */
  readonly close: () => Promise<void>;
}

/** @typeParam C Context of your server's operations. */
export interface GraphOptions<C> {
  /** From the context of an operation to the request that it is run for. Without it, every operation is anonymous and in the default store. */
  readonly requestOf?: (context: C) => GraphRequest;
  /** Which schema: that of `/graphql`, or that of `/subgraph`, for gateways. */
  readonly surface?: "graphql" | "subgraph";
}

/** @throws ConfigError that lists every mistake in the settings */
export async function createGraph<C = unknown>(settings: Settings = {}, options: GraphOptions<C> = {}): Promise<Graph> {
  const { requestOf = () => ({}), surface = "graphql" } = options;
  const { config, ambient, warn, release } = await prepare(readGiven({ ...settings }));
  const { createEmbeddedGraph } = await import("../app/embedded-graph.js");
  const request = (context: unknown): GraphRequest => requestOf(context as C);
  const { schema, executor, close } = await createEmbeddedGraph(config, ambient, {
    isSubgraph: surface === "subgraph",
    requestOf: request,
  });
  warn();
  return {
    schema,
    executor,
    async close() {
      await close();
      await release();
    },
  };
}

/** The settings in the environment of the process and in a file .env in its folder, as the command reads them.
 *  @throws ConfigError that lists malformed lines and misspelt names */
export function environmentSettings(): Settings {
  return processSettings();
}
