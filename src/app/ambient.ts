/** What a server takes from its process: clock, randomness, log, metrics and tracer. */
import { randomBytes } from "node:crypto";
import { trace } from "@opentelemetry/api";
import { collectDefaultMetrics, Registry } from "prom-client";
import { createLog } from "../telemetry/log.js";
import { secretsOf } from "../telemetry/redact.js";
import type { ServerAmbient, ServerConfig } from "./server-config.js";

/** Logs to stderr, without the secrets of the configuration. */
export function createAmbient(config: ServerConfig, { version, operationsDirectory }: { version: string; operationsDirectory: string }) {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return {
    now: () => Date.now(),
    nonce: () => randomBytes(16).toString("hex"),
    random: () => Math.random(),
    log: createLog({ level: config.logLevel, secrets: secretsOf(config), write: (line) => process.stderr.write(line) }),
    registry,
    // From the OpenTelemetry SDK, where the process was started with one. Otherwise its spans do nothing.
    tracer: trace.getTracer("7digital-graphql", version),
    operationsDirectory,
  } satisfies ServerAmbient;
}
