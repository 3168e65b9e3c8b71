/** What all surfaces share, however they are reached: rate limits, credentials, services and telemetry. */
import type { GraphQLSchema } from "graphql";
import { createGate } from "../http/request-gate.js";
import { createCallerReader, createSenderReader } from "../operation/caller.js";
import { createOperations, type Operations } from "../operation/operation.js";
import type { PersistedOperations } from "../operation/persisted-operations.js";
import { ResponseCache } from "../operation/response-cache.js";
import { createRateLimits } from "../operation/rate-limits.js";
import { alone } from "../shared/peers.js";
import type { Foundation } from "./foundation.js";

interface SurfaceOptions {
  readonly persisted: PersistedOperations;
  readonly persistedOnly?: boolean;
  readonly alwaysOk?: boolean;
}

export function createPipeline({ config, ambient: { peers = alone() }, services, telemetry }: Foundation) {
  const responses = new ResponseCache({ ...config, ...services });
  const rateLimits = createRateLimits({ ...config, peers, now: services.now });
  const readCaller = createCallerReader({ ...config, ...services });
  const mostAtOnce = config.limits.socketsPerClient;
  const underWay = peers.counts("requests", mostAtOnce);
  const gate = createGate({ readSender: createSenderReader(config), readCaller, rateLimits, mostAtOnce, underWay });
  return {
    gate,
    operationsOn: (schema: GraphQLSchema, options: SurfaceOptions): Operations =>
      createOperations({ ...config, ...services, ...telemetry, rateLimits, responses, schema, ...options }),
  };
}
