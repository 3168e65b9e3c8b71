/** What a server takes from its process: clock, randomness, log, metrics and tracer. Tests pass their own. */
import { randomBytes } from "node:crypto";
import { trace } from "@opentelemetry/api";
import { collectDefaultMetrics, Registry } from "prom-client";
import type { RedisPeers } from "../redis/redis-peers.js";
import type { Peers } from "../shared/peers.js";
import { createLogOutput, writeOrLose } from "../telemetry/log-output.js";
import { createLog } from "../telemetry/log.js";
import { secretsOf } from "../telemetry/redact.js";
import type { ServerConfig } from "./server-config.js";

export interface ServerAmbient extends ReturnType<typeof createAmbient> {
  /** Undefined where the process is alone. */
  readonly peers?: Peers;
  /** Undefined where copies on other machines share nothing. */
  readonly redis?: RedisPeers | undefined;
}

interface Installed {
  readonly version: string;
  /** Folder of docs, public and schema. */
  readonly rootDirectory: string;
  /** Number of the process among several, for the log. */
  readonly process?: number;
}

/** Logs to stderr, without the secrets of the configuration. */
export function createAmbient(config: ServerConfig, { version, rootDirectory, process: number }: Installed) {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return {
    /** Epoch milliseconds. */
    now: (): number => Date.now(),
    /** Unique and unpredictable. */
    nonce: (): string => randomBytes(16).toString("hex"),
    /** In [0, 1). */
    random: (): number => Math.random(),
    log: createLog({
      level: config.logLevel,
      secrets: secretsOf(config),
      process: number,
      write: createLogOutput((lines) => writeOrLose(process.stderr, lines)),
    }),
    /** Holds the server's metrics and those of the process. */
    registry,
    /** Of the OpenTelemetry SDK, where the process was started with one. Otherwise its spans do nothing. */
    tracer: trace.getTracer("7digital-graphql", version),
    rootDirectory,
  };
}
