/** What the primary process and its workers call of each other, over the channel that Node gives them. */
import type { Worker } from "node:cluster";
import { createBirpc } from "birpc";
import type { MetricObjectWithValues, MetricValue } from "prom-client";
import type { Lease, LeaseRequest } from "../shared/leased-window.js";
import type { Usage, WindowKind } from "../shared/window.js";
import type { Topic, Topics } from "./topics.js";

/** The metrics of one process. */
export type ProcessMetrics = readonly MetricObjectWithValues<MetricValue<string>>[];

export interface PrimaryCalls {
  /** The worker takes calls. What is sent to it before is lost. */
  ready(): void;
  lease(request: LeaseRequest): Promise<Lease>;
  /** Resolves when it is the worker's turn. */
  enter(name: string): Promise<void>;
  leave(name: string): void;
  news<T extends Topic>(topic: T, news: Topics[T]): void;
  /** Of all processes, as text. */
  metrics(): Promise<string>;
}

/** @typeParam S What a worker starts from. */
export interface WorkerCalls<S> {
  /** Resolves when the worker listens. @throws Error where it cannot. */
  start(setup: S): Promise<Listening>;
  /** From now on the worker counts under the name by lease. @returns What it has counted by itself; undefined where it counts by lease already. */
  surrender(kind: WindowKind, name: string): Usage | undefined;
  /** What all other workers know. */
  news<T extends Topic>(topic: T, news: Topics[T]): void;
  metrics(): Promise<ProcessMetrics>;
  /** Resolves where its event loop is not blocked. */
  answer(): void;
  drain(): void;
  /** The worker ends when all requests are answered. */
  close(): void;
}

/** What a worker does for all of them. */
export type SharedCalls = Pick<WorkerCalls<never>, "surrender" | "news" | "metrics">;

export interface Listening {
  readonly url: string;
  readonly port: number;
}

export type WorkerLink<S> = ReturnType<typeof linkToWorker<S>>;

/** What takes long is a turn behind a purchase. A process that ends closes the link, which fails what waits. */
const timeout = -1;

export function linkToWorker<S>(worker: Worker, calls: PrimaryCalls) {
  return createBirpc<WorkerCalls<S>, PrimaryCalls>(calls, {
    timeout,
    post: (message: object) => {
      if (worker.isConnected()) worker.send(message);
    },
    on: (take) => void worker.on("message", take),
  });
}

export type PrimaryLink = ReturnType<typeof linkToPrimary>;

export function linkToPrimary<S>(calls: WorkerCalls<S>) {
  return createBirpc<PrimaryCalls, WorkerCalls<S>>(calls, {
    timeout,
    post: (message: object) => {
      if (process.connected) process.send?.(message);
    },
    on: (take) => void process.on("message", take),
  });
}
