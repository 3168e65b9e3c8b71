/** The graph for a server that runs operations within its own process. */
import type { GraphQLSchema } from "graphql";
import { gatewayLimits } from "../config/config.js";
import { createDelegatingSchema } from "../embedding/delegating-schema.js";
import { createExecutor } from "../embedding/executor.js";
import type { GraphExecutor, GraphRequest } from "../embedding/graph-request.js";
import { createLocalRun } from "../embedding/local-run.js";
import { printSdl } from "../graph/printed-schema.js";
import { operationsBySender } from "../operation/operation.js";
import type { ServerAmbient } from "./ambient.js";
import { createFoundation } from "./foundation.js";
import { createPipeline } from "./pipeline.js";
import { publicView, schema } from "./schema.js";
import type { ServerConfig } from "./server-config.js";
import { subgraphOf } from "./surfaces.js";

export interface EmbeddedGraph {
  readonly schema: GraphQLSchema;
  readonly executor: GraphExecutor;
  /** Resolves when purchases under way have ended, and other calls have ended or had a second. */
  readonly close: () => Promise<void>;
}

interface EmbeddedOptions {
  /** Whether it is what /subgraph serves, instead of /graphql. */
  readonly isSubgraph: boolean;
  readonly requestOf: (context: unknown) => GraphRequest;
}

export async function createEmbeddedGraph(
  config: ServerConfig,
  ambient: ServerAmbient,
  { isSubgraph, requestOf }: EmbeddedOptions,
): Promise<EmbeddedGraph> {
  const foundation = await createFoundation(config, ambient);
  const { persisted, services, telemetry } = foundation;
  const { gate, operationsOn } = createPipeline(foundation);
  const served = isSubgraph ? subgraphOf(config) : publicView;
  const ofEveryone = operationsOn(served, { persisted });
  const ofGateway = gatewayLimits(config.limits);
  const run = createLocalRun({
    operations: isSubgraph ? ofEveryone : operationsBySender({ ofOperator: operationsOn(schema, { persisted }), ofEveryone }),
    gate,
    limits: { ofGateway, ofOthers: isSubgraph ? ofGateway : config.limits },
    onRejected: telemetry.countRejected,
  });
  return {
    schema: createDelegatingSchema({ sdl: printSdl(served), run, requestOf }),
    executor: createExecutor(run, requestOf),
    close: () => services.close(),
  };
}
