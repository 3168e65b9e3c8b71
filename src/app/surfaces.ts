/** The surfaces on which the graph is served: /graphql, with the full schema for the operator's own servers and the public one for others, the
 *  subgraph for gateways of a federation, and the tools of agents. They are different views of one schema, and share all services and the rate
 *  limits. */
import type { GraphQLSchema } from "graphql";
import { createMcpRoute } from "../agents/mcp-route.js";
import { gatewayLimits } from "../config/config.js";
import { createSubgraph } from "../federation/subgraph.js";
import { createAddressReader } from "../http/client-address.js";
import { createCors } from "../http/cors.js";
import { createGetPolicy } from "../http/get-policy.js";
import { createGraphqlRoute } from "../http/graphql-route.js";
import type { Route } from "../http/request-listener.js";
import type { Rejection } from "../http/responses.js";
import { operationsBySender, type Operations } from "../operation/operation.js";
import type { PersistedOperations } from "../operation/persisted-operations.js";
import { isTrusted } from "../operation/rate-limits.js";
import type { Sender } from "../operation/request.js";
import { createYogaAdapter } from "../operation/yoga/yoga-adapter.js";
import type { AgentTools } from "./agent-tools.js";
import type { Foundation } from "./foundation.js";
import { createPipeline } from "./pipeline.js";
import { publicView, schema } from "./schema.js";
import type { ServerConfig } from "./server-config.js";

export const graphqlPath = "/graphql";
const subgraphPath = "/subgraph";
const mcpPath = "/mcp";

interface Surface {
  /** For everyone. */
  readonly schema: GraphQLSchema;
  /** For the operator's own servers, where they may use more. */
  readonly ofOperator?: GraphQLSchema;
  readonly path: string;
  /** Only for gateways. */
  readonly isSubgraph: boolean;
}

const needsSecret: Rejection = {
  status: 401,
  code: "UNAUTHENTICATED",
  message: "Only the operator's gateway may use the subgraph. Send its secret as x-7d-gateway-secret.",
};

/** The routes of all surfaces, by path. @param agents Undefined where agents get no tools. @param base Path that all of them are below. */
export function surfaceRoutes(foundation: Foundation, agents: AgentTools | undefined, base: string) {
  const { config, telemetry, persisted } = foundation;
  const { gate, operationsOn } = createPipeline(foundation);
  const ofGateway = gatewayLimits(config.limits);
  const cors = createCors(config.allowedOrigins, config.demo !== undefined);
  const shared = { cors, gate, readAddress: createAddressReader(config.trustedProxies) };

  function route({ schema: served, ofOperator, path, isSubgraph }: Surface): Route {
    const on = (view: GraphQLSchema): Operations => operationsOn(view, { persisted, alwaysOk: isSubgraph });
    const ofEveryone = on(served);
    const operations = ofOperator ? operationsBySender({ ofOperator: on(ofOperator), ofEveryone }) : ofEveryone;
    return createGraphqlRoute({
      ...shared,
      path: base + path,
      operations,
      fastLane: config.fastLane,
      runRequest: createYogaAdapter(served, operations, base + path),
      getPolicy: createGetPolicy(config.profile),
      cachesAll: isSubgraph,
      streams: !isSubgraph,
      limits: { ofGateway, ofOthers: isSubgraph ? ofGateway : config.limits },
      rejectSender: (sender: Sender) => (isSubgraph && config.profile === "locked" && !isTrusted(sender) ? needsSecret : undefined),
      onRejected({ code, isOperation }, { headers }) {
        if (isOperation) telemetry.observe({ header: (name) => headers[name]?.toString() ?? null }).end({ codes: [code] }, undefined);
        else telemetry.countRejected(code);
      },
    });
  }

  /** Documents are named by the tools that run them: the pipeline has no other, and takes none. */
  function mcpRoute({ byName, version }: AgentTools): Route {
    const toolDocuments: PersistedOperations = new Map([...byName].map(([name, { document }]) => [name, document]));
    return createMcpRoute({
      ...shared,
      operations: operationsOn(publicView, { persisted: toolDocuments, persistedOnly: true }),
      tools: byName,
      version,
      limits: { ofGateway, ofOthers: config.limits },
      onRejected: ({ code }) => {
        telemetry.countRejected(code);
      },
    });
  }

  const routes = surfacesOf(config).map((surface) => [base + surface.path, route(surface)] as const);
  return agents === undefined ? routes : [...routes, [base + mcpPath, mcpRoute(agents)] as const];
}

function surfacesOf(config: ServerConfig): readonly Surface[] {
  return [
    { schema: publicView, ofOperator: schema, path: graphqlPath, isSubgraph: false },
    { schema: subgraphOf(config), path: subgraphPath, isSubgraph: true },
  ];
}

/** The schema for gateways. */
export function subgraphOf({ limits, schemaPrefix }: ServerConfig): GraphQLSchema {
  return createSubgraph(publicView, { mostRepresentations: limits.representations, prefix: schemaPrefix });
}
