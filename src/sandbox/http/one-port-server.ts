/** HTTP and HTTPS on one port, as 7digital's own client needs it of a stand-in. Distinguishes them by the first byte a
 *  connection sends; knows nothing of what is asked. */

import { createServer as createHttpServer, type RequestListener, type Server as HttpServer } from "node:http";
import { createServer as createHttpsServer, type Server as HttpsServer } from "node:https";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { keyPair } from "./certificate.js";

export interface OnePortServer {
  readonly port: number;
  close(): Promise<void>;
}

type Listener = (secure: boolean) => RequestListener;

/** First byte of a TLS handshake record. */
const tlsHandshake = 0x16;
const keepAliveMs = 60_000;

export async function listen(port: number, host: string, listener: Listener): Promise<OnePortServer> {
  const open = new Set<Socket>();
  const plain = lasting(createHttpServer(listener(false)));
  let secure: Promise<HttpsServer> | undefined;
  const server = createServer((socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
    // A caller that goes away is none of the sandbox's faults.
    socket.on("error", () => socket.destroy());
    socket.once("readable", () => {
      const first = socket.read(1) as Buffer | null;
      if (first === null) return;
      socket.unshift(first);
      if (first[0] !== tlsHandshake) return void plain.emit("connection", socket);
      secure ??= secureServer(listener(true));
      secure.then((https) => https.emit("connection", socket)).catch(() => socket.destroy());
    });
  });
  await listening(server, port, host);
  return { port: (server.address() as AddressInfo).port, close: () => closed(server, open) };
}

async function secureServer(listener: RequestListener): Promise<HttpsServer> {
  const { key, certificate } = await keyPair();
  return lasting(createHttpsServer({ key, cert: certificate }, listener));
}

function lasting<S extends HttpServer | HttpsServer>(server: S): S {
  server.keepAliveTimeout = keepAliveMs;
  return server;
}

function listening(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function closed(server: Server, open: ReadonlySet<Socket>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    for (const socket of open) socket.destroy();
  });
}
