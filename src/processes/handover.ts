/** Connections on their way to a worker. Node leaves one open, and its client waiting for ever, where the worker ends first, or where
 *  it has closed its server and no other one takes it. These are closed here. Where the worker has no file left for one, Node forgets it,
 *  and never gives that worker another one. Here the next worker gets it. */
import type { Worker } from "node:cluster";

interface Closable {
  close(): void;
}

/** A message between Node's own halves of a cluster, as far as it matters here. */
interface ClusterMessage {
  readonly cmd?: string;
  readonly act?: string;
  /** Numbers what is to be answered. */
  readonly seq?: number;
  /** The number of what it answers. */
  readonly ack?: number;
  /** The worker's answer to a connection. */
  readonly accepted?: boolean;
}

interface Handover {
  readonly connection: Closable;
  readonly seq: number | undefined;
}

/** How long a worker that is short of files gets no connection. */
const shortOfFilesMs = 100;

export class Handovers {
  /** Node deals connections out to these. */
  private readonly taking = new Set<Worker>();
  /** What each was sent last. Node hands over one at a time. */
  private readonly latest = new Map<Worker, Handover>();

  /** Call it when the worker is forked. */
  watch(worker: Worker): void {
    const { process: child } = worker;
    const send = child.send.bind(child) as (...args: unknown[]) => boolean;
    child.send = (...args: unknown[]): boolean => {
      const [message, connection] = args;
      if (isClosable(connection)) this.latest.set(worker, { connection, seq: (message as ClusterMessage).seq });
      return send(...args);
    };
    worker.once("listening", () => this.taking.add(worker));
    // Node has done its part by now: it listens before anyone who has the worker.
    child.on("internalMessage", ({ cmd, act, ack, accepted }: ClusterMessage) => {
      if (cmd === "NODE_HANDLE_NACK") this.decline(worker);
      if (act === "close") this.taking.delete(worker);
      // Node queues what a worker does not take for the next one. Without a next one, nothing ever closes that queue.
      if (accepted === false && this.taking.size === 0) this.latest.get(worker)?.connection.close();
      if (ack !== undefined && this.latest.get(worker)?.seq === ack) this.latest.delete(worker);
    });
    worker.once("exit", () => {
      this.taking.delete(worker);
      // It did not say whether it has taken this one. If it has, this one is closed with it anyway.
      this.latest.get(worker)?.connection.close();
      this.latest.delete(worker);
    });
  }

  /** What the worker itself would say of a connection that arrives when it has closed its server. */
  private decline(worker: Worker): void {
    const handover = this.latest.get(worker);
    if (handover === undefined) return;
    setTimeout(() => {
      if (this.latest.get(worker) !== handover) return;
      worker.process.emit("internalMessage", { cmd: "NODE_CLUSTER", ack: handover.seq, accepted: false }, undefined);
    }, shortOfFilesMs);
  }
}

function isClosable(value: unknown): value is Closable {
  return typeof value === "object" && value !== null && "close" in value;
}
