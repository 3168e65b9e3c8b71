/** Stands in for 7digital on a real socket: it counts what it is asked, and answers as a test wants. */
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { onTestFinished } from "vitest";

export interface Asked {
  readonly verb: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly rawQuery: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Ready-made, whatever was asked. */
export type Reply = (response: ServerResponse) => unknown;

/** What it does with a request, which has been read. `nth` counts requests from 1. */
export type Behaviour = (response: ServerResponse, asked: Asked, nth: number) => unknown;

export interface FakeUpstream {
  readonly url: string;
  readonly port: number;
  readonly server: Server;
  /** Requests that came, oldest first. */
  readonly asked: Asked[];
  /** Connections that came, oldest first. */
  readonly sockets: Socket[];
  behaviour: Behaviour;
}

/** Has something done when a test is over. */
export type Later = (close: () => Promise<void>) => unknown;

export interface Options {
  /** When it closes: by default after the test that opened it. Tests that run beside each other pass their own. */
  readonly later?: Later;
  readonly tls?: { readonly key: string; readonly cert: string };
}

export async function fakeUpstream(behaviour: Behaviour, { later = onTestFinished, tls }: Options = {}): Promise<FakeUpstream> {
  const server: Server = tls === undefined ? createServer() : createTlsServer(tls);
  const asked: Asked[] = [];
  const sockets: Socket[] = [];
  server.on("request", (request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { pathname: path, searchParams: query, search } = new URL(request.url ?? "/", "http://upstream");
      const { method: verb = "", headers } = request;
      asked.push({ verb, path, query, rawQuery: search.slice(1), headers, body: Buffer.concat(chunks).toString() });
      upstream.behaviour(response, asked.at(-1) as Asked, asked.length);
    });
  });
  server.on("connection", (socket) => sockets.push(socket.on("error", () => undefined)));
  // What is not HTTP, such as the start of a TLS handshake, stays unanswered.
  server.on("clientError", () => undefined).on("tlsClientError", () => undefined);
  await listen(server);
  later(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  });
  const { port } = server.address() as AddressInfo;
  const upstream: FakeUpstream = {
    url: `${tls === undefined ? "http" : "https"}://127.0.0.1:${String(port)}`,
    port,
    server,
    asked,
    sockets,
    behaviour,
  };
  return upstream;
}

export async function listen(server: Server, port = 0): Promise<void> {
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
}

export const xmlType = { "content-type": "text/xml" };

/** Answers in HTTP, whole. */
export function respond(body: string | Buffer, status = 200, headers: Readonly<Record<string, string>> = xmlType): Reply {
  return (response) => response.writeHead(status, { "content-length": Buffer.byteLength(body), ...headers }).end(body);
}

/** Sends bytes as they are, and then ends the connection, resets it or leaves it open. */
export function sendRaw(bytes: string, then: "end" | "reset" | "stay"): Reply {
  return ({ req: { socket } }) =>
    socket.write(bytes, () => {
      if (then === "end") socket.end();
      if (then === "reset") socket.resetAndDestroy();
    });
}

export const reset = sendRaw("", "reset");

/** One byte every 20 ms, without end. */
export function drip(start: string): Reply {
  return ({ req: { socket } }) => {
    socket.write(start);
    const timer = setInterval(() => socket.write("x"), 20);
    socket.on("close", () => {
      clearInterval(timer);
    });
  };
}

export const silence: Reply = () => undefined;

export function okXml(content: string): string {
  return `<?xml version="1.0" encoding="utf-8"?><response status="ok" version="1.2">${content}</response>`;
}

export function errorXml(code: string, message = "no"): string {
  return `<response status="error" version="1.2"><error code="${code}"><errorMessage>${message}</errorMessage></error></response>`;
}

export function artistXml(name = "Keane", artistId = "1"): string {
  return okXml(`<artist id="${artistId}"><name>${name}</name></artist>`);
}

/** A locker with nothing in it, or with one release of which it holds these tracks. */
export function lockerXml(tracks = ""): string {
  const release = `<lockerRelease><release id="155408"><title>Dreams</title></release><lockerTracks>${tracks}</lockerTracks></lockerRelease>`;
  const [total, releases] = tracks === "" ? [0, ""] : [1, release];
  return okXml(
    `<locker><lockerReleases><page>1</page><pageSize>10</pageSize><totalItems>${String(total)}</totalItems>${releases}</lockerReleases></locker>`,
  );
}
