/** The metrics, for Prometheus. Clients cannot add label values: their number is bounded. */
import { Counter, Gauge, Histogram, type Registry } from "prom-client";
import type { OperationMeter } from "../operation/meter.js";
import type { BreakerState, CallClass, ClientStats } from "../upstream/stats.js";
import type { CallReport } from "../upstream/meter.js";
import type { Quota } from "../upstream/limits/quota.js";
import type { Drift } from "./drift.js";
import { boundedLabel, errorLabel } from "./metric-labels.js";

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
export interface Watched {
  quota(): Quota | undefined;
  stats(): ClientStats;
}

export interface Metrics {
  countOperation(facts: OperationFacts): void;
  /** A request that was rejected before it was read. */
  countRejected(code: string): void;
  countCall(report: CallReport): void;
  /** @param state Of an attempt; "BEGUN" when it is recorded. */
  countPurchase(state: string): void;
  /** @param drift Its path must be bounded. */
  countDrift(drift: Drift): void;
  /** Reads the client's gauges with every scrape. */
  watch(client: Watched): void;
  /** Checks the purchase records with every scrape. @param check Resolves to what is wrong, or undefined. */
  watchRecords(check: () => Promise<string | undefined>): void;
}

const prefix = "sevendigital_graphql_";
const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** @param registry Where the metrics are registered: never the global one. */
export function createMetrics(registry: Registry): Metrics {
  const { operations, operationTime, calls, callTime, answers, purchases, differences } = createCounters(registry);
  const methodLabel = boundedLabel(100);
  return {
    countOperation({ kind, codes, durationMs, meter }) {
      operations.inc({ kind, outcome: errorLabel(codes[0]) });
      operationTime.observe({ kind }, durationMs / 1000);
      if (meter === undefined) return;
      if (meter.freshAnswers > 0) answers.inc({ how: "fresh" }, meter.freshAnswers);
      if (meter.staleAnswers > 0) answers.inc({ how: "stale" }, meter.staleAnswers);
      if (meter.joinedCalls > 0) answers.inc({ how: "joined" }, meter.joinedCalls);
    },
    countRejected(code) {
      operations.inc({ kind: "none", outcome: errorLabel(code) });
    },
    countCall({ method, effect, outcome, sent, durationMs }) {
      calls.inc({ method: methodLabel(method), outcome, sent: String(sent) });
      if (sent) callTime.observe({ effect }, durationMs / 1000);
    },
    countPurchase(state) {
      purchases.inc({ state });
    },
    countDrift({ method, path, difference, count }) {
      differences.inc({ method: methodLabel(method), path, difference }, count);
    },
    watch(client) {
      watchQuota(registry, client);
      watchFigures(registry, client);
    },
    watchRecords(check) {
      watchRecords(registry, check);
    },
  };
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

function watchRecords(registry: Registry, check: () => Promise<string | undefined>): void {
  new Gauge({
    name: `${prefix}purchase_records_up`,
    help: "Whether purchases can be recorded: 1 or 0.",
    registers: [registry],
    async collect() {
      this.set((await check()) === undefined ? 1 : 0);
    },
  });
}

function watchQuota(registry: Registry, client: Watched): void {
  const gauge = (name: string, help: string, read: (quota: Quota) => number): void => {
    new Gauge({
      name: prefix + name,
      help,
      registers: [registry],
      collect() {
        const quota = client.quota();
        if (quota !== undefined) this.set(read(quota));
      },
    });
  };
  gauge("quota_limit", "Calls a day that 7digital allows, as it last told.", ({ limit }) => limit);
  gauge("quota_remaining", "What is left of them.", ({ remaining }) => remaining);
  gauge("quota_reset_timestamp_seconds", "When they are counted anew.", ({ resetAtMs }) => resetAtMs / 1000);
}

const breakerLevels: Readonly<Record<BreakerState, number>> = { closed: 0, halfOpen: 1, open: 2 };
const sorts: readonly CallClass[] = ["read", "signedRead", "write", "money"];

function watchFigures(registry: Registry, client: Watched): void {
  const gauge = (name: string, help: string, set: (gauge: Gauge<"calls">, figures: ClientStats) => void, labels: "calls"[] = []): void => {
    new Gauge({
      name: prefix + name,
      help,
      labelNames: labels,
      registers: [registry],
      collect() {
        set(this, client.stats());
      },
    });
  };
  gauge("upstream_in_flight", "Calls to 7digital under way.", (to, { inFlight }) => to.set(inFlight));
  gauge("upstream_waiting", "Calls that wait for a connection.", (to, { waiting }) => to.set(waiting));
  gauge("cache_bytes", "What remembered answers take on the heap.", (to, { cacheBytes }) => to.set(cacheBytes));
  const breakerHelp = "Whether calls are let through: 0 closed, all are; 1 half open, one to try; 2 open, none.";
  gauge("breaker_state", breakerHelp, (to, { breakers }) => sorts.forEach((calls) => to.set({ calls }, breakerLevels[breakers[calls]])), [
    "calls",
  ]);
}
