/** The routes of programs and operators, by path: all but the pages for people. */
import { healthRoute, metricsRoute, readyRoute } from "../http/operator-routes.js";
import type { Route } from "../http/request-listener.js";
import { schemaRoute } from "../http/schema-route.js";
import { agentTools } from "./agent-tools.js";
import type { Foundation } from "./foundation.js";
import { publicView, schema } from "./schema.js";
import { graphqlPath, surfaceRoutes } from "./surfaces.js";

/** @param base Path that all of them are below, such as "/music"; "" for none. */
export function createRoutes(foundation: Foundation, base = ""): ReadonlyMap<string, Route> {
  const { config, ambient, telemetry, examples, read } = foundation;
  const agents = agentTools(config, { examples, read, log: ambient.log });
  return new Map<string, Route>([
    ...surfaceRoutes(foundation, agents, base),
    [`${base}/schema.graphql`, schemaRoute({ ofOperator: schema, ofEveryone: publicView }, { ...config, graphqlPath: base + graphqlPath })],
    [`${base}/health`, healthRoute],
    [`${base}/ready`, readyRoute(telemetry.readReadiness)],
    [`${base}/metrics`, metricsRoute(ambient.registry, { ...config, readAll: ambient.peers?.metrics })],
  ]);
}
