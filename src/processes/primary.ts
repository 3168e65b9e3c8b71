/** The primary process of several: starts the workers, holds what they share, and stops them. It answers no request. */
import { setTimeout as wait } from "node:timers/promises";
import type { Registry } from "prom-client";
import type { Log } from "../telemetry/log.js";
import type { WindowKind } from "../shared/window.js";
import type { PrimaryCalls, ProcessMetrics, WorkerLink } from "./calls.js";
import { LeaseDesk } from "./lease-desk.js";
import { MetricsDesk } from "./metrics-desk.js";
import { NewsDesk } from "./news-desk.js";
import { together, type Topic, type Topics } from "./topics.js";
import { TurnDesk } from "./turn-desk.js";
import { Workers } from "./workers.js";

interface PrimaryOptions<S> {
  /** How many workers there are, at least 2. */
  readonly count: number;
  /** What the worker of a number starts from. @param port Undefined for the configured one. */
  readonly setupOf: (number: number, port: number | undefined) => S;
  readonly log: Log;
  /** Of this process. */
  readonly registry: Registry;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

export interface RunningWorkers {
  /** Where the graph is served. */
  readonly url: string;
  /** No worker is ready any more, and none is replaced. */
  readonly drain: () => void;
  /** Resolves when all workers have ended. @throws Error where one of them failed. */
  readonly close: () => Promise<void>;
}

/** A worker that does not answer for so long is left out: its event loop is blocked. */
const patienceMs = 1000;

/** Resolves when all workers listen. @throws Error where one of them cannot. */
export async function startWorkers<S>(options: PrimaryOptions<S>): Promise<RunningWorkers> {
  const { count, setupOf, log } = options;
  const shared = createDesks(options, () => workers.listening);
  const workers: Workers<S> = new Workers<S>({ log, ...shared, setupOf });
  try {
    const [one, ...others] = Array.from({ length: count }, (_, index) => workers.fork(index + 1));
    if (one === undefined) throw new Error("there is no process to start.");
    // The first says why none can start. It also takes a free port, and brings the purchase records up to date. The others load meanwhile.
    const first = await workers.start(one);
    await Promise.all(others.map((other) => workers.start(other)));
    return {
      url: first.url,
      drain() {
        workers.stopReplacing();
        for (const link of workers.listening.values()) void link.drain.asEvent();
      },
      async close() {
        workers.stopReplacing();
        for (const link of workers.listening.values()) void link.close.asEvent();
        if ((await workers.ended()).some((code) => code !== 0)) throw new Error("a process failed while it stopped.");
      },
    };
  } catch (error) {
    workers.kill();
    throw error;
  }
}

function createDesks<S>({ count, now, registry }: PrimaryOptions<S>, listening: () => ReadonlyMap<number, WorkerLink<S>>) {
  const turns = new TurnDesk();
  const metrics = new MetricsDesk();
  const newsDesk = <T extends Topic>(topic: T): NewsDesk<Topics[T]> =>
    new NewsDesk(
      together[topic],
      () => [...listening().keys()],
      (number, news) => void listening().get(number)?.news.asEvent(topic, news),
    );
  const news: { readonly [T in Topic]: NewsDesk<Topics[T]> } = {
    quota: newsDesk("quota"),
    connections: newsDesk("connections"),
    requests: newsDesk("requests"),
    subscriptions: newsDesk("subscriptions"),
  };
  const collect = (exceptOf: number, kind: WindowKind, name: string) => {
    const others = [...listening()].filter(([number]) => number !== exceptOf);
    return Promise.all(others.map(([, link]) => orUndefined(link.surrender(kind, name))));
  };
  const leases = new LeaseDesk({ count, now, collect });
  return {
    callsOf: (number: number): Omit<PrimaryCalls, "ready"> => ({
      lease: (request) => leases.lease(number, request),
      enter: (name) => turns.enter(number, name),
      leave: (name) => turns.leave(number, name),
      news: (topic, latest) => news[topic].take(number, latest),
      async metrics() {
        await Promise.all(
          [...listening()].map(async ([one, link]) => {
            const read: ProcessMetrics | undefined = await orUndefined(link.metrics());
            if (read !== undefined && listening().get(one) === link) metrics.take(one, read);
          }),
        );
        return metrics.text(ofProcess(await registry.getMetricsAsJSON()));
      },
    }),
    onListening() {
      for (const desk of Object.values(news)) desk.repeat();
    },
    onEnded(number: number) {
      turns.forget(number);
      for (const desk of Object.values(news)) desk.forget(number);
      metrics.forget(number);
    },
  };
}

/** CPU, memory and files. How long its event loop waits says nothing about requests. */
function ofProcess(metrics: ProcessMetrics): ProcessMetrics {
  return metrics.filter(({ name }) => name.startsWith("process_"));
}

/** Undefined where the worker does not answer in time, or ends first. */
async function orUndefined<T>(answer: Promise<T>): Promise<T | undefined> {
  const enough = new AbortController();
  try {
    return await Promise.race([answer, wait(patienceMs, undefined, { signal: enough.signal })]);
  } catch {
    return undefined;
  } finally {
    enough.abort();
  }
}
