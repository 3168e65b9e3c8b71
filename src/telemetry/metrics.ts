/** The metrics, for Prometheus. Clients cannot add label values: their number is bounded. */
import { Counter, Gauge, Histogram, type Registry } from "prom-client";
import type { OperationMeter } from "../operation/meter.js";
import type { MaybePromise } from "../shared/maybe-promise.js";
import type { Client } from "../upstream/client.js";
import type { BreakerState, CallClass } from "../upstream/stats.js";
import type { CallReport } from "../upstream/meter.js";
import type { Drift } from "./drift.js";
import { boundedLabel, errorLabel } from "./metric-labels.js";
import type { WatchedRecords } from "./records-watch.js";

export interface OperationFacts {
  /** "none" where it was rejected before its document was parsed. */
  readonly kind: "query" | "mutation" | "subscription" | "none";
  /** Codes of its errors, in order. */
  readonly codes: readonly string[];
  readonly durationMs: number;
  /** How the cache answered it; undefined where it was not executed. */
  readonly meter: Pick<OperationMeter, "freshAnswers" | "staleAnswers" | "joinedCalls"> | undefined;
}

/** What is read from the upstream client. */
export type Watched = Pick<Client, "quota" | "stats">;

export type Metrics = ReturnType<typeof createMetrics>;

export const prefix = "sevendigital_graphql_";
const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** @param registry Where the metrics are registered: never the global one. */
export function createMetrics(registry: Registry) {
  const { operations, operationTime, calls, callTime, answers, purchases, differences } = createCounters(registry);
  const methodLabel = boundedLabel(100);
  // To look metrics up by their labels takes longer than to count.
  const succeeded = byKind((kind) => operations.labels({ kind, outcome: "OK" }));
  const timeOf = byKind((kind) => operationTime.labels({ kind }));
  const freshAnswers = answers.labels({ how: "fresh" });
  return {
    countOperation({ kind, codes, durationMs, meter }: OperationFacts): void {
      const outcome = errorLabel(codes[0]);
      if (outcome === "OK") succeeded[kind].inc();
      else operations.inc({ kind, outcome });
      timeOf[kind].observe(durationMs / 1000);
      if (meter === undefined) return;
      if (meter.freshAnswers > 0) freshAnswers.inc(meter.freshAnswers);
      if (meter.staleAnswers > 0) answers.inc({ how: "stale" }, meter.staleAnswers);
      if (meter.joinedCalls > 0) answers.inc({ how: "joined" }, meter.joinedCalls);
    },
    /** A request that was rejected before it was read. */
    countRejected: (code: string): void => operations.inc({ kind: "none", outcome: errorLabel(code) }),
    countCall({ method, effect, outcome, sent, durationMs }: CallReport): void {
      calls.inc({ method: methodLabel(method), outcome, sent: String(sent) });
      if (sent) callTime.observe({ effect }, durationMs / 1000);
    },
    /** @param state Of an attempt; "BEGUN" when it is recorded. */
    countPurchase: (state: string): void => purchases.inc({ state }),
    /** Its path must be bounded. */
    countDrift: ({ method, path, difference, count }: Drift): void =>
      differences.inc({ method: methodLabel(method), path, difference }, count),
    /** Reads the client's gauges with every scrape. */
    watch: (client: Watched): void => watchClient(registry, client),
    /** Checks the purchase records with every scrape. */
    watchRecords({ check, risks }: WatchedRecords): void {
      let checking: Promise<string | undefined> | undefined;
      // One check for both gauges of a scrape.
      const checked = () => (checking ??= check().finally(() => (checking = undefined)));
      const up = { name: "purchase_records_up", help: "Whether purchases can be recorded: 1 or 0.", ofSeveral: "min" } as const;
      addGauge(registry, up, async () => ((await checked()) === undefined ? 1 : 0));
      const help = "What may lose purchase records later, as the log names it: how many risks.";
      addGauge(registry, { name: "purchase_records_risks", help, ofSeveral: "max" }, async () => {
        await checked();
        return risks().length;
      });
    },
  };
}

type Kind = OperationFacts["kind"];

function byKind<T>(make: (kind: Kind) => T): Readonly<Record<Kind, T>> {
  return { query: make("query"), mutation: make("mutation"), subscription: make("subscription"), none: make("none") };
}

function createCounters(registry: Registry) {
  const registers = [registry];
  const counter = <L extends string>(name: string, help: string, labelNames: readonly L[]): Counter<L> =>
    new Counter({ name: prefix + name, help, labelNames, registers });
  const timer = <L extends string>(name: string, help: string, labelNames: readonly L[]): Histogram<L> =>
    new Histogram({ name: prefix + name, help, labelNames, buckets: seconds, registers });

  const operations = counter("operations_total", "Operations, by kind and by OK or the code of the first error.", ["kind", "outcome"]);
  const operationTime = timer("operation_duration_seconds", "Time of operations, by kind.", ["kind"]);
  const calls = counter("upstream_calls_total", "Tries of calls to 7digital, by method, by OK or code, and whether one was sent.", [
    "method",
    "outcome",
    "sent",
  ]);
  const callTime = timer("upstream_call_duration_seconds", "Time of tries that were sent, by what they do.", ["effect"]);
  const answers = counter("cache_answers_total", "Answers without a request of their own: fresh, stale, joined.", ["how"]);
  const purchases = counter("purchase_attempts_total", "Attempts to purchase: begun, and how they ended.", ["state"]);
  const differences = counter("upstream_differences_total", "Where answers differ from what is known, by what is different.", [
    "method",
    "path",
    "difference",
  ]);
  // Alerts look at increases, so what they look at starts at zero.
  for (const state of ["BEGUN", "SUCCEEDED", "REJECTED", "NOT_SENT", "UNKNOWN"]) purchases.inc({ state }, 0);
  for (const kind of ["query", "mutation"])
    for (const outcome of ["OVERLOADED", "INTERNAL_SERVER_ERROR"]) operations.inc({ kind, outcome }, 0);

  return { operations, operationTime, calls, callTime, answers, purchases, differences };
}

interface GaugeOptions {
  readonly name: string;
  readonly help: string;
  /** What the values of several processes are together. */
  readonly ofSeveral: "sum" | "min" | "max";
}

/** A gauge that is read with every scrape, where there is a value. */
export function addGauge(registry: Registry, { name, help, ofSeveral }: GaugeOptions, read: () => MaybePromise<number | undefined>): void {
  new Gauge({
    name: prefix + name,
    help,
    aggregator: ofSeveral,
    registers: [registry],
    async collect() {
      const value = await read();
      // Without a value, 0 would be one.
      if (value === undefined) this.remove();
      else this.set(value);
    },
  });
}

const breakerLevels: Readonly<Record<BreakerState, number>> = { closed: 0, halfOpen: 1, open: 2 };
const callClasses: readonly CallClass[] = ["read", "signedRead", "write", "money"];

function watchClient(registry: Registry, client: Watched): void {
  const gauge = (ofSeveral: GaugeOptions["ofSeveral"], name: string, help: string, read: () => number | undefined): void =>
    addGauge(registry, { name, help, ofSeveral }, read);
  gauge("max", "quota_limit", "Calls a day that 7digital allows, as it last said.", () => client.quota()?.limit);
  gauge("min", "quota_remaining", "What is left of them.", () => client.quota()?.remaining);
  gauge("max", "quota_reset_timestamp_seconds", "When they are counted anew.", () => {
    const quota = client.quota();
    return quota && quota.resetAtMs / 1000;
  });
  gauge("sum", "upstream_in_flight", "Calls to 7digital under way.", () => client.stats().inFlight);
  gauge("sum", "upstream_waiting", "Calls that wait for a connection.", () => client.stats().waiting);
  gauge("sum", "cache_bytes", "What remembered answers take on the heap.", () => client.stats().cacheBytes);
  new Gauge({
    name: `${prefix}breaker_state`,
    help: "Whether calls are let through: 0 closed, all are; 1 half open, one to try; 2 open, none.",
    labelNames: ["calls"],
    aggregator: "max",
    registers: [registry],
    collect() {
      const { breakers } = client.stats();
      for (const calls of callClasses) this.set({ calls }, breakerLevels[breakers[calls]]);
    },
  });
}
