/** Upstreams for tests, on real sockets: one that speaks HTTP and counts what it is asked, and one that does to its sockets
 *  whatever a test wants. Also the client and the endpoints the tests of this folder share. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from "node:net";
import { afterEach } from "vitest";
import type { Client, ClientOptions } from "../../src/upstream/client.js";
import { createClient } from "../../src/upstream/create-client.js";
import { attribute, child, inside, object } from "../../src/upstream/xml/decode.js";
import { text } from "../../src/upstream/xml/values.js";
import { endpoint } from "../../src/upstream/endpoint.js";
import { id, integer, optional } from "../../src/upstream/request/params.js";
import type { Session } from "../../src/upstream/session.js";

const artist = inside("artist", object({ id: attribute("id"), name: child("name", text) }));
const shape = { params: { artistId: id }, result: artist };

export const artistDetails = endpoint({ path: "artist/details", auth: "key", effect: "read", ...shape });
export const signedRead = endpoint({ path: "user/details", auth: "consumer", effect: "read", ...shape });
export const userRead = endpoint({ path: "user/locker", auth: "user", effect: "read", ...shape });
export const signedPost = endpoint({ path: "user/signup", verb: "POST", auth: "consumer", effect: "write", ...shape });
export const basketRead = endpoint({ path: "basket", auth: "key", effect: "read", uncached: true, ...shape });
export const basketWrite = endpoint({ path: "basket/addItem", auth: "key", effect: "write", ...shape });
export const purchase = endpoint({ path: "user/purchase/item", auth: "consumer", effect: "money", ...shape });
export const artistReleases = endpoint({
  path: "artist/releases",
  auth: "key",
  effect: "read",
  params: { artistId: id, type: optional(id), page: optional(integer) },
  result: artist,
});

export const inBritain: Session = { store: { country: "GB" } };

export function artistXml(name = "Keane"): string {
  return `<?xml version="1.0" encoding="utf-8"?><response status="ok" version="1.2"><artist id="1"><name>${name}</name></artist></response>`;
}

export function errorXml(code: string): string {
  return `<response status="error" version="1.2"><error code="${code}"><errorMessage>told</errorMessage></error></response>`;
}

export interface Asked {
  readonly verb: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly rawQuery: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

export interface Upstream {
  readonly url: string;
  readonly asked: Asked[];
  /** Connections accepted so far. */
  readonly sockets: Socket[];
}

type Answers = (response: ServerResponse, asked: Asked, nth: number) => void;

/** Has something done when the test is over; where tests run beside each other it is their own. */
export type Later = (close: () => Promise<void>) => unknown;

const open: (() => Promise<void>)[] = [];
const afterThisTest: Later = (close) => open.push(close);

afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

/** An HTTP upstream; `nth` counts requests from 1. */
export async function httpUpstream(answers: Answers, later = afterThisTest): Promise<Upstream> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const url = new URL(request.url ?? "/", "http://upstream");
      const one: Asked = {
        verb: request.method ?? "",
        path: url.pathname,
        query: url.searchParams,
        rawQuery: url.search.slice(1),
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
      };
      asked.push(one);
      answers(response, one, asked.length);
    });
  });
  return { asked, ...(await listening(server, later)) };
}

/** A TCP upstream that acts once a request's headers have come in. */
export async function tcpUpstream(acts: (socket: Socket, nth: number) => void): Promise<Upstream> {
  const asked: Asked[] = [];
  const server = createTcpServer((socket) => {
    socket.on("error", () => undefined);
    socket.on("data", (chunk) => {
      const [verb = "", target = ""] = chunk.toString("latin1").split(" ");
      // What came may be a TLS handshake, whose bytes are random.
      const url = URL.parse(target, "http://upstream") ?? new URL("http://upstream");
      asked.push({ verb, path: url.pathname, query: url.searchParams, rawQuery: url.search.slice(1), headers: {}, body: "" });
      acts(socket, asked.length);
    });
  });
  return { asked, ...(await listening(server, afterThisTest)) };
}

async function listening(server: Server, later: Later): Promise<{ url: string; sockets: Socket[] }> {
  const sockets: Socket[] = [];
  server.on("connection", (socket) => sockets.push(socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  later(
    () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => {
          resolve();
        });
      }),
  );
  return { url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, sockets };
}

export const secret = "the-consumer-secret";
export const key = "THE-CONSUMER-KEY";

export class Clock {
  ms = Date.UTC(2026, 10, 22);
  pass(seconds: number): void {
    this.ms += seconds * 1000;
  }
}

export function clientOf(upstream: { url: string }, options: Partial<ClientOptions> = {}, clock = new Clock()): Client {
  let nonces = 0;
  const client = createClient(
    {
      baseUrl: `${upstream.url}/1.2`,
      secureBaseUrl: `${upstream.url}/1.2`,
      consumerKey: key,
      consumerSecret: secret,
      timeoutMs: 5000,
      purchaseTimeoutMs: 5000,
      maxConnections: 64,
      purchasesAtOnce: 4,
      maxWaiting: 400,
      maxWaitMs: 1000,
      quotaReservePercent: 5,
      cacheBytes: 10_000_000,
      maxAnswerBytes: 4 * 1024 * 1024,
      ...options,
    },
    { now: () => clock.ms, nonce: () => `nonce${String((nonces += 1))}`, random: () => 0 },
  );
  open.push(() => client.close());
  return client;
}

/** One `artist/details` call in Britain. */
export async function details(client: Client, artistId = "1"): Promise<unknown> {
  return client.call(artistDetails, { artistId }, inBritain);
}

export async function failureOf(promise: unknown): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("It did not fail.");
}
