/** The surfaces on which the graph is served: the public one, and the subgraph for gateways of a federation. They are different views of one
 *  schema, run by the same pipeline, and share the rate limits. */
import type { GraphQLSchema } from "graphql";
import { gatewayLimits } from "../config/config.js";
import { createSubgraph } from "../federation/subgraph.js";
import { publicSchema } from "../graph/public-schema.js";
import { createAddressReader } from "../http/client-address.js";
import { createCors } from "../http/cors.js";
import { createGetPolicy } from "../http/get-policy.js";
import { createGraphqlRoute } from "../http/graphql-route.js";
import { createGate } from "../http/request-gate.js";
import type { Route } from "../http/request-listener.js";
import type { Rejection } from "../http/responses.js";
import { createCallerReader, createSenderReader } from "../operation/caller.js";
import { createOperations } from "../operation/operation.js";
import type { PersistedOperations } from "../operation/persisted-operations.js";
import { createRateLimits, isTrusted } from "../operation/rate-limits.js";
import type { Sender } from "../operation/request.js";
import { createYogaAdapter } from "../operation/yoga/yoga-adapter.js";
import type { Telemetry } from "../telemetry/telemetry.js";
import { schema } from "./schema.js";
import type { ServerConfig } from "./server-config.js";
import type { Services } from "./services.js";

export const graphqlPath = "/graphql";
const subgraphPath = "/subgraph";

interface Surface {
  readonly schema: GraphQLSchema;
  readonly path: string;
  /** Only for gateways. */
  readonly isSubgraph: boolean;
}

const needsSecret: Rejection = {
  status: 401,
  code: "UNAUTHENTICATED",
  message: "Only the operator's gateway may use the subgraph. Send its secret as x-7d-gateway-secret.",
};

/** The routes of all surfaces, by path. */
export function surfaceRoutes(config: ServerConfig, services: Services, telemetry: Telemetry, persisted: PersistedOperations) {
  const rateLimits = createRateLimits({ ...config, now: services.now });
  const readCaller = createCallerReader({ ...config, ...services });
  const gate = createGate({ readSender: createSenderReader(config), readCaller, rateLimits, mostAtOnce: config.limits.socketsPerClient });
  const ofGateway = gatewayLimits(config.limits);

  function route({ schema: served, path, isSubgraph }: Surface): Route {
    const operations = createOperations({
      ...config,
      ...services,
      ...telemetry,
      schema: served,
      rateLimits,
      persisted,
      alwaysOk: isSubgraph,
    });
    return createGraphqlRoute({
      runRequest: createYogaAdapter(served, operations, path),
      cors: createCors(config.allowedOrigins, config.demo !== undefined),
      gate,
      checkGet: createGetPolicy(config.profile),
      readAddress: createAddressReader(config.trustedProxies),
      limits: { ofGateway, ofOthers: isSubgraph ? ofGateway : config.limits },
      rejectSender: (sender: Sender) => (isSubgraph && config.profile === "locked" && !isTrusted(sender) ? needsSecret : undefined),
      onRejected({ code, isOperation }, { headers }) {
        if (isOperation) telemetry.observe({ header: (name) => headers[name]?.toString() ?? null }).end({ codes: [code] }, undefined);
        else telemetry.countRejected(code);
      },
    });
  }

  const subgraph = createSubgraph(publicSchema(schema), {
    mostRepresentations: config.limits.representations,
    prefix: config.schemaPrefix,
  });
  const surfaces: readonly Surface[] = [
    { schema, path: graphqlPath, isSubgraph: false },
    { schema: subgraph, path: subgraphPath, isSubgraph: true },
  ];
  return surfaces.map((surface) => [surface.path, route(surface)] as const);
}
