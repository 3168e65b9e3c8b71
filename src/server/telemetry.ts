/** All that watches one server, and where it is to be had over HTTP: /ready and /metrics. */
import { randomUUID } from "node:crypto";
import type { AttemptStore } from "../purchase/attempt-store.js";
import type { CallReport } from "../upstream/meter.js";
import type { Reading } from "../upstream/reading.js";
import { callLog } from "./call-log.js";
import { driftWatch } from "./drift.js";
import { reportFailure } from "./failure-report.js";
import { createMetrics, type Metrics, type Watched } from "./metrics.js";
import { metricsRoute, readyRoute } from "./operator-routes.js";
import { createReadiness } from "./ready.js";
import { recordsCheck } from "./records-check.js";
import type { Route } from "./request-listener.js";
import { secretsOf, textScrubber } from "./scrub.js";
import type { ServerAmbient, ServerConfig } from "./server-config.js";
import { telemetryPlugin } from "./telemetry-plugin.js";

export interface Telemetry {
  /** Told of failures nobody foresaw, which clients see masked. */
  readonly report: (error: unknown) => void;
  /** Told of every try of every call. */
  readonly called: (report: CallReport) => void;
  /** Told of every answer that differs from what is known. */
  readonly noticed: (reading: Reading) => void;
  /** Told of requests that were refused before they were read, by their code. */
  readonly refused: (code: string) => void;
  readonly plugin: ReturnType<typeof telemetryPlugin>;
  readonly routes: readonly (readonly [path: string, route: Route])[];
  /** The same store, whose attempts are counted and whose health is told. */
  watchingAttempts(store: AttemptStore): AttemptStore;
  watch(client: Watched): void;
  /** From now on the server is not ready. */
  drain(): void;
}

export function createTelemetry(config: ServerConfig, ambient: ServerAmbient): Telemetry {
  const { log, registry, tracer } = ambient;
  const now = (): number => ambient.now();
  const metrics = createMetrics(registry);
  let watched: Watched | undefined;
  let checkRecords: () => Promise<string | undefined> = () => Promise.resolve(undefined);
  const readiness = createReadiness({ now, records: () => checkRecords(), client: () => watched });
  const logCall = callLog(log, now);
  return {
    report(error) {
      reportFailure(log, error);
    },
    called(report) {
      metrics.call(report);
      readiness.called(report);
      logCall(report);
    },
    noticed: driftWatch(log, now, (drift) => metrics.drift(drift)),
    refused: (code) => metrics.refused(code),
    plugin: telemetryPlugin({ log, metrics, tracer, scrub: textScrubber(secretsOf(config)), newId: randomUUID }),
    routes: [
      ["/ready", readyRoute(readiness)],
      ["/metrics", metricsRoute(registry, config)],
    ],
    watchingAttempts(store) {
      checkRecords = recordsCheck(store);
      metrics.watchRecords(checkRecords);
      return counting(store, metrics);
    },
    watch(client) {
      watched = client;
      metrics.watch(client);
    },
    drain: () => readiness.drain(),
  };
}

function counting(store: AttemptStore, metrics: Metrics): AttemptStore {
  return {
    ...store,
    async claim(intent, terms) {
      const claim = await store.claim(intent, terms);
      if (claim.kind === "claimed") metrics.purchase("BEGUN");
      return claim;
    },
    async settle(attempt, ending) {
      const settled = await store.settle(attempt, ending);
      if (settled) metrics.purchase(ending.state);
      return settled;
    },
  };
}
