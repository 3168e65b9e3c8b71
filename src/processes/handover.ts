/** Connections on their way to a worker. Node leaves one open, and its client waiting for ever, where the worker ends first, or where
 *  it has closed its server and no other one takes it. These are closed here. */
import type { Worker } from "node:cluster";

interface Closable {
  close(): void;
}

/** A message between Node's own halves of a cluster, as far as it matters here. */
interface ClusterMessage {
  readonly act?: string;
  /** The worker's answer to a connection. */
  readonly accepted?: boolean;
}

export class Handovers {
  /** Node deals connections out to these. */
  private readonly taking = new Set<Worker>();
  /** What each was sent last. Node hands over one at a time. */
  private readonly latest = new Map<Worker, Closable>();

  /** Call it when the worker is forked. */
  watch(worker: Worker): void {
    const { process: child } = worker;
    const send = child.send.bind(child) as (...args: unknown[]) => boolean;
    child.send = (...args: unknown[]): boolean => {
      if (isClosable(args[1])) this.latest.set(worker, args[1]);
      return send(...args);
    };
    worker.once("listening", () => this.taking.add(worker));
    // Node has done its part by now: it listens before anyone who has the worker.
    child.on("internalMessage", ({ act, accepted }: ClusterMessage) => {
      if (act === "close") this.taking.delete(worker);
      // Node queues what a worker does not take for the next one. Without a next one, nothing ever closes that queue.
      if (accepted === false && this.taking.size === 0) this.latest.get(worker)?.close();
    });
    worker.once("exit", () => {
      this.taking.delete(worker);
      // One that has arrived is closed here already, and closing it again does nothing.
      this.latest.get(worker)?.close();
      this.latest.delete(worker);
    });
  }
}

function isClosable(value: unknown): value is Closable {
  return typeof value === "object" && value !== null && "close" in value;
}
