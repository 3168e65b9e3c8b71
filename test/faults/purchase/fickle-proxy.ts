/** Stands between a façade and its database, and lets pass what a test wants. */
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

export interface FickleProxy {
  readonly port: number;
  /** Port of the database to which new connections lead. */
  toPort: number;
  /** What becomes of what the façade asks: `pass`; `hold`: it never arrives, and nothing comes back; `loseCommits`: it arrives, but where it
   *  commits a change the connection is cut before the answer. */
  mode: "pass" | "hold" | "loseCommits";
  close(): Promise<void>;
}

export async function fickleProxy(toPort: number): Promise<FickleProxy> {
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
  };
  const server = createServer((client) => {
    const database = connect(proxy.toPort, "127.0.0.1");
    let changes = false;
    let lost = false;
    for (const socket of [client, database]) keep(socket);
    client.on("close", () => database.destroy());
    database.on("close", () => client.destroy());
    client.on("data", (asked: Buffer) => {
      if (proxy.mode === "hold") return;
      const text = asked.toString("latin1");
      changes ||= text.includes("INSERT INTO purchase_attempts VALUES ($1");
      lost ||= proxy.mode === "loseCommits" && changes && text.includes("COMMIT");
      database.write(asked);
    });
    database.on("data", (answer: Buffer) => {
      if (lost) client.destroy();
      else if (proxy.mode !== "hold") client.write(answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const proxy: FickleProxy = {
    port: (server.address() as AddressInfo).port,
    toPort,
    mode: "pass",
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return proxy;
}
