/** Everything that watches one server: log, metrics, traces and readiness. Start reading here. */
import { randomUUID } from "node:crypto";
import type { Tracer } from "@opentelemetry/api";
import type { Registry } from "prom-client";
import type { Observe } from "../operation/observation.js";
import type { CallReport } from "../upstream/meter.js";
import type { Reading } from "../upstream/xml/reading.js";
import { createCallLog } from "./call-log.js";
import { createDriftWatch } from "./drift.js";
import { reportFailure } from "./failure-report.js";
import type { Log } from "./log.js";
import { createMetrics, type Watched } from "./metrics.js";
import { createOperationWatch } from "./operation-watch.js";
import { createReadiness, type Readiness } from "./readiness.js";
import { createTextRedactor } from "./redact.js";

export interface Telemetry {
  /** Reports an unforeseen failure, which clients see masked. */
  readonly report: (error: unknown) => void;
  /** Counts every try of every call to 7digital. */
  readonly observeCall: (report: CallReport) => void;
  /** Counts where an answer of 7digital's differs from what the decoders know. */
  readonly observeReading: (reading: Reading) => void;
  /** Counts a request that was rejected before it was read. */
  readonly countRejected: (code: string) => void;
  readonly observe: Observe;
  /** Counts a purchase attempt: BEGUN, or the state that it ended in. */
  readonly countPurchase: (state: string) => void;
  watch(client: Watched): void;
  /** @param check Resolves to why purchases cannot be recorded, or undefined. */
  watchRecords(check: () => Promise<string | undefined>): void;
  readReadiness(): Promise<Readiness>;
  /** From now on the server is not ready. */
  drain(): void;
}

interface TelemetryOptions {
  readonly log: Log;
  readonly registry: Registry;
  readonly tracer: Tracer;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** What no trace or log may hold. */
  readonly secrets: readonly string[];
}

export function createTelemetry({ log, registry, tracer, now, secrets }: TelemetryOptions): Telemetry {
  const metrics = createMetrics(registry);
  let watched: Watched | undefined;
  let checkRecords: () => Promise<string | undefined> = () => Promise.resolve(undefined);
  const readiness = createReadiness({ now, records: () => checkRecords(), client: () => watched });
  const logCall = createCallLog(log, now);
  return {
    report(error) {
      reportFailure(log, error);
    },
    observeCall(report) {
      metrics.countCall(report);
      readiness.observeCall(report);
      logCall(report);
    },
    observeReading: createDriftWatch(log, now, (drift) => metrics.countDrift(drift)),
    countRejected: (code) => metrics.countRejected(code),
    observe: createOperationWatch({ log, metrics, tracer, redact: createTextRedactor(secrets), newId: randomUUID }),
    countPurchase: (state) => metrics.countPurchase(state),
    watch(client) {
      watched = client;
      metrics.watch(client);
    },
    watchRecords(check) {
      checkRecords = check;
      metrics.watchRecords(check);
    },
    readReadiness: () => readiness.read(),
    drain: () => readiness.drain(),
  };
}
