/** One of several processes on one port. The primary process starts and stops it. */
import cluster from "node:cluster";
import { createAmbient } from "../app/ambient.js";
import { rootDirectory, version } from "../app/installation.js";
import { closeAndEnd, endOnFailure } from "../app/process-end.js";
import type { RunningServer } from "../app/server.js";
import type { ServerConfig } from "../app/server-config.js";
import { setUpHeap } from "../app/heap-settings.js";
import { linkToPrimary, type Listening, type SharedCalls } from "../processes/calls.js";
import { createWorkerPeers } from "../processes/worker-peers.js";

export interface WorkerSetup {
  readonly config: ServerConfig;
  /** From 1. */
  readonly number: number;
}

interface Started {
  readonly server: RunningServer;
  readonly end: () => Promise<void>;
}

/** Signals are for the primary process: a terminal, or a supervisor of a whole group, sends them to the workers, too. */
export function work(): void {
  setUpHeap();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => undefined);
  let started: Started | undefined;
  let shared: SharedCalls | undefined;
  // It takes longer to load than to start.
  const program = import("../app/server.js");

  const link = linkToPrimary<WorkerSetup>({
    async start({ config, number }): Promise<Listening> {
      const ambient = createAmbient(config, { version: version(), rootDirectory, process: number });
      const { log, registry } = ambient;
      endOnFailure(log);
      const { peers, calls } = createWorkerPeers({ count: config.processes, primary: link, registry });
      shared = calls;
      const { startServer } = await program;
      const server = await startServer(config, { ...ambient, peers });
      let ended: Promise<void> | undefined;
      started = { server, end: () => (ended ??= closeAndEnd({ log, close: server.close })) };
      return { url: server.url, port: Number(new URL(server.url).port) || 80 };
    },
    answer: () => undefined,
    drain: () => started?.server.drain(),
    close: () => void started?.end(),
    surrender: (kind, name) => shared?.surrender(kind, name),
    news: (topic, news) => shared?.news(topic, news),
    metrics: async () => (await shared?.metrics()) ?? [],
  });
  void link.ready.asEvent();
  endWithPrimary(() => {
    link.$close();
    void (started?.end() ?? process.exit(0));
  });
}

/** Node would end the process at once where the primary is gone. Purchases under way are seen through instead. */
function endWithPrimary(end: () => void): void {
  const { worker } = cluster;
  if (worker !== undefined) worker.exitedAfterDisconnect = true;
  // A message to a primary process that has just ended fails. The channel's end follows.
  worker?.on("error", () => undefined);
  process.once("disconnect", end);
}
