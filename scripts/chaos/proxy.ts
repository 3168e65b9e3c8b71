/** Stands between the façades and the API on real sockets. It knows the runs by what their calls name, sees every money call that
 *  leaves a façade, and lets things befall them. */
import { createServer, type Server, type Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { carry } from "./exchange.js";
import { labelIn, runOf } from "./mark.js";
import type { Label } from "./history.js";
import type { Strike } from "./strikes.js";
import type { Wire } from "./wire.js";

/** Addresses of this machine beside that of the API. Signatures name the port, so the proxy needs the very same on one of these. */
const hosts = ["127.0.0.2", "::1"];

export class Proxy {
  private readonly wires = new Map<number, Wire>();
  private readonly open = new Set<Socket>();
  private server: Server | undefined;
  private accepting = true;
  private outage: Promise<void> = Promise.resolve();

  private constructor(
    readonly host: string,
    readonly port: number,
  ) {}

  /** @param port Where the API listens on 127.0.0.1. */
  static async start(port: number): Promise<Proxy> {
    for (const host of hosts) {
      const proxy = new Proxy(host, port);
      if (await proxy.listen()) return proxy;
    }
    throw new Error(`The proxy can listen on none of ${hosts.join(", ")}.`);
  }

  /** http://host:port */
  get origin(): string {
    return `http://${this.host.includes(":") ? `[${this.host}]` : this.host}:${String(this.port)}`;
  }

  /** What the calls of a run's user are. */
  add(run: number, wire: Wire): void {
    this.wires.set(run, wire);
  }

  async close(): Promise<void> {
    await this.outage;
    for (const socket of this.open) socket.destroy();
    await new Promise((resolve) => this.server?.close(resolve));
  }

  private listen(): Promise<boolean> {
    return new Promise((resolve) => {
      const server = createServer((client) => this.accept(client));
      server.once("error", () => resolve(false));
      server.listen(this.port, this.host, () => {
        this.server = server;
        resolve(true);
      });
    });
  }

  private accept(client: Socket): void {
    if (!this.accepting) return void client.resetAndDestroy();
    this.open.add(client);
    client.on("error", () => client.destroy()).once("close", () => this.open.delete(client));
    let received = Buffer.alloc(0);
    client.on("data", (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      if (!received.includes("\r\n\r\n")) return;
      const head = received;
      received = Buffer.alloc(0);
      // Whatever fails here shows to the façade as a broken connection, which is what the proxy is for.
      this.serve(client, head).catch(() => client.destroy());
    });
  }

  private async serve(client: Socket, head: Buffer): Promise<void> {
    const call = callOf(head);
    const wire = this.wires.get(call.run);
    if (wire === undefined) throw new Error("A call came that belongs to no run.");
    const strike = this.strikeOf(wire, call);
    wire.begun();
    try {
      const onAnswer = (answer: Buffer): void => this.onAnswer(wire, call, answer);
      await carry({ client, head, port: this.port, strike, stale: wire.firstLook, onAnswer });
    } finally {
      wire.ended();
    }
  }

  private strikeOf(wire: Wire, call: Call): Strike {
    if (call.sort === "money") return wire.called(call.label);
    return call.sort === "locker" ? wire.looked() : { kind: "none" };
  }

  private onAnswer(wire: Wire, { sort }: Call, answer: Buffer): void {
    if (sort === "money") wire.answered();
    if (sort !== "locker") return;
    wire.firstLook ??= answer;
    const outage = wire.outage();
    if (outage !== undefined) this.outage = this.outage.then(() => this.interrupt(outage.kind, outage.ms));
  }

  /** For everybody: a connection says only later whose it is. */
  private async interrupt(kind: "refused" | "resetAtAccept", ms: number): Promise<void> {
    if (kind === "resetAtAccept") {
      this.accepting = false;
      await wait(ms);
      this.accepting = true;
      return;
    }
    this.server?.close();
    await wait(ms);
    while (!(await this.listen())) await wait(5);
  }
}

type Call = { readonly run: number } & ({ readonly sort: "money"; readonly label: Label } | { readonly sort: "locker" | "rest" });

const methods: readonly (readonly [RegExp, Call["sort"]])[] = [
  [/^\/1\.2\/user\/(?:purchase\/\w+|deliveritem)$/i, "money"],
  [/^\/1\.2\/user\/locker$/i, "locker"],
];

/** @throws Error for what is none of the calls that come this way. */
function callOf(head: Buffer): Call {
  const [, target] = /^GET (\S+) HTTP\/1\.1\r\n/.exec(head.toString("latin1")) ?? [];
  const url = new URL(target ?? "", "http://api.test");
  const given = (name: string) => url.searchParams.get(name) ?? "";
  const run = runOf(given("userId"));
  const sort = methods.find(([path]) => path.test(url.pathname))?.[1] ?? "rest";
  return sort === "money" ? { sort, run, label: labelIn(given("tag_chaos") || given("transactionId")) } : { sort, run };
}
