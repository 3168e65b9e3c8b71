/** Everything that watches one server: log, metrics, traces and readiness. Start reading here. */
import { randomUUID } from "node:crypto";
import type { Tracer } from "@opentelemetry/api";
import type { Registry } from "prom-client";
import type { CallReport } from "../upstream/meter.js";
import { createCallLog } from "./call-log.js";
import { createDriftWatch } from "./drift.js";
import { reportFailure } from "./failure-report.js";
import type { Log } from "./log.js";
import { createMetrics, type Watched } from "./metrics.js";
import { createOperationWatch } from "./operation-watch.js";
import { createReadiness } from "./readiness.js";
import { logChanges, type WatchedRecords } from "./records-watch.js";
import { createTextRedactor } from "./redact.js";

export type Telemetry = ReturnType<typeof createTelemetry>;

interface TelemetryOptions {
  readonly log: Log;
  readonly registry: Registry;
  readonly tracer: Tracer;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** What no trace or log may hold. */
  readonly secrets: readonly string[];
}

export function createTelemetry({ log, registry, tracer, now, secrets }: TelemetryOptions) {
  const metrics = createMetrics(registry);
  let watched: Watched | undefined;
  let checkRecords: () => Promise<string | undefined> = () => Promise.resolve(undefined);
  const readiness = createReadiness({ now, records: () => checkRecords(), client: () => watched });
  const logCall = createCallLog(log, now);
  return {
    /** Reports an unforeseen failure, which clients see masked. */
    report: (error: unknown): void => reportFailure(log, error),
    /** Reports why purchase records could not be used. The reason names no value of a setting. */
    reportRecords: (reason: string): void => log.warn({ reason }, "purchase records cannot be used"),
    observe: createOperationWatch({ log, metrics, tracer, redact: createTextRedactor(secrets), newId: randomUUID }),
    /** Counts every try of every call to 7digital. */
    observeCall: (report: CallReport): void => {
      metrics.countCall(report);
      readiness.observeCall(report);
      logCall(report);
    },
    /** Counts where an answer of 7digital's differs from what the decoders know. */
    observeReading: createDriftWatch(log, now, metrics.countDrift),
    /** Counts a request that was rejected before it was read. */
    countRejected: metrics.countRejected,
    /** Counts a purchase attempt: BEGUN, or the state that it ended in. */
    countPurchase: metrics.countPurchase,
    watch(client: Watched): void {
      watched = client;
      metrics.watch(client);
    },
    /** @returns The check, whose news are logged. */
    watchRecords(records: WatchedRecords): WatchedRecords["check"] {
      checkRecords = logChanges(log, records);
      metrics.watchRecords({ ...records, check: checkRecords });
      return checkRecords;
    },
    readReadiness: readiness.read,
    /** From now on the server is not ready. */
    drain: readiness.drain,
  };
}
