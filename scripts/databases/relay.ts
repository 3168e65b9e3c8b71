/** A TCP relay in front of a database, which can be slow, silent, or cut everybody off. Bytes are never lost without their connection. */
import { EventEmitter } from "node:events";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

interface RelayEvents {
  /** PostgreSQL has said that a change of purchase records is committed. The argument is what the change wrote, as it was sent. */
  readonly committed: [written: string];
}

/** How the relay knows a change of purchase records. */
const change = /INSERT INTO purchase_attempts VALUES \(\$1|UPDATE purchase_attempts SET/;

export class Relay {
  readonly events = new EventEmitter<RelayEvents>();
  /** Answers to commits of changes never arrive: their connections are reset instead. */
  losesCommits = false;
  private readonly pairs = new Set<readonly [Socket, Socket]>();
  private delayMs = 0;
  private held: Promise<void> | undefined;
  private release = (): void => undefined;

  private constructor(
    private readonly server: Server,
    /** Port of the database to which new connections lead. */
    public toPort: number,
  ) {
    server.on("connection", (client) => this.accept(client));
    // Runs listen for a moment each.
    this.events.setMaxListeners(0);
  }

  static async start(toPort: number): Promise<Relay> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new Relay(server, toPort);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** @param delayMs Of every piece that passes, either way. */
  slow(delayMs: number): void {
    this.delayMs = delayMs;
  }

  /** From now on nothing passes, not even that a side has gone; connections are still taken. */
  hold(): void {
    this.held ??= new Promise((resolve) => (this.release = resolve));
  }

  /** All passes again, and first what was held. */
  pass(): void {
    this.delayMs = 0;
    this.held = undefined;
    this.release();
  }

  /** Resets every connection. */
  cut(): void {
    for (const pair of this.pairs) for (const socket of pair) socket.resetAndDestroy();
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.pass();
    this.cut();
    await closed;
  }

  private accept(client: Socket): void {
    const database = connect(this.toPort, "127.0.0.1");
    const pair = [client, database] as const;
    this.pairs.add(pair);
    database.once("close", () => this.pairs.delete(pair));
    let written = "";
    let isCommitting = false;
    this.lead(client, database, (asked) => {
      const text = asked.toString("latin1");
      if (change.test(text)) written += text;
      isCommitting ||= written !== "" && text.includes("COMMIT");
      return true;
    });
    this.lead(database, client, () => {
      if (!isCommitting) return true;
      if (this.losesCommits) client.resetAndDestroy();
      const committed = written;
      written = "";
      isCommitting = false;
      // Once it has left for the façade.
      setImmediate(() => this.events.emit("committed", committed));
      return !client.destroyed;
    });
  }

  /** @param passes Sees each piece. */
  private lead(from: Socket, to: Socket, passes: (piece: Buffer) => boolean): void {
    let before = Promise.resolve();
    const inOrder = (next: () => void): void => {
      before = before.then(() => this.turn()).then(next);
    };
    from.on("data", (piece: Buffer) =>
      inOrder(() => {
        if (!to.destroyed && passes(piece)) to.write(piece);
      }),
    );
    from.on("error", () => undefined).once("close", () => inOrder(() => to.destroy()));
  }

  private async turn(): Promise<void> {
    if (this.delayMs > 0) await wait(this.delayMs);
    await this.held;
  }
}
