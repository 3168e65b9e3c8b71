/** An HTTP proxy on a real socket that opens tunnels. */
import { createServer, type IncomingMessage, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { connect, type AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { generate } from "selfsigned";

interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** For a name that only a proxy can resolve, and for 127.0.0.1. */
export async function certificateFor(name: string): Promise<Certificate> {
  const { private: key, cert } = await generate([{ name: "commonName", value: name }], {
    extensions: [
      { name: "basicConstraints", cA: true },
      {
        name: "subjectAltName",
        altNames: [
          { type: 2, value: name },
          { type: 7, ip: "127.0.0.1" },
        ],
      },
    ],
  });
  return { key, cert };
}

interface Opened {
  readonly port: number;
  close(): Promise<void>;
}

export interface Proxy extends Opened {
  /** Every CONNECT so far. */
  readonly connects: { readonly authority: string; readonly authorization: string | undefined }[];
  /** Tunnels that are open now. */
  open(): number;
}

/** @param act What it does with a CONNECT, instead of leading it to `port` on this machine. */
export async function openProxy(
  act: number | ((socket: Duplex, open: () => void) => void),
  options: { readonly tls?: Certificate; readonly port?: number } = {},
): Promise<Proxy> {
  const connects: Proxy["connects"] = [];
  const tunnels = new Set<Duplex>();
  const server = options.tls === undefined ? createServer() : createTlsServer(options.tls);
  server.on("connect", (request: IncomingMessage, socket: Duplex) => {
    connects.push({ authority: request.url ?? "", authorization: request.headers["proxy-authorization"] });
    socket.on("error", () => undefined);
    const open = (port: number): void => {
      const origin = connect(port, "127.0.0.1", () => socket.write("HTTP/1.1 200 Connection established\r\n\r\n"));
      tunnels.add(socket);
      origin.on("error", () => socket.destroy()).on("close", () => socket.destroy());
      socket.on("close", () => {
        tunnels.delete(socket);
        origin.destroy();
      });
      socket.pipe(origin).pipe(socket);
    };
    if (typeof act === "number") open(act);
    else act(socket, () => open(options.port ?? 0));
  });
  return { ...(await listening(server)), connects, open: () => tunnels.size };
}

async function listening(server: Server): Promise<Opened> {
  const sockets = new Set<Duplex>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => {
          resolve();
        });
      }),
  };
}
