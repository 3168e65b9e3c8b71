/** Clients that do what well-behaved ones cannot: bytes on a socket as a test writes them, and any method and header. */
import { request, type IncomingHttpHeaders } from "node:http";
import { connect, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { expect } from "vitest";
import type { Facade } from "./facade.js";

export interface Asked {
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Uint8Array;
}

export interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export const json = { "content-type": "application/json" };
export const typename = encodeURIComponent("{ __typename }");

/** node:http rather than fetch, which refuses such methods and headers itself. */
export function ask(
  { url }: Pick<Facade, "url">,
  { path = "/graphql", method = "GET", headers = {}, body = "" }: Asked,
): Promise<Answered> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, method, headers: headers as Record<string, string>, agent: false }, (response) => {
      text(response).then((answer) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: answer }), reject);
    });
    sent.on("error", reject).end(body);
  });
}

export function post(facade: Facade, body: string | object | Uint8Array, headers: Asked["headers"] = {}): Promise<Answered> {
  const bytes = typeof body === "string" || body instanceof Uint8Array ? body : JSON.stringify(body);
  return ask(facade, { method: "POST", headers: { ...json, ...headers }, body: bytes });
}

export function dial({ url }: Facade): Socket {
  return connect(Number(new URL(url).port), "127.0.0.1").on("error", () => undefined);
}

export interface Closed {
  /** Everything that came. */
  readonly answer: string;
  /** Of the answer; 0 where none came. */
  readonly status: number;
  /** From the start to the end of the connection. */
  readonly ms: number;
}

/** What comes until the other side ends the connection. */
export function untilClosed(socket: Socket): Promise<Closed> {
  const startMs = performance.now();
  let answer = "";
  socket.on("data", (chunk: Buffer) => (answer += chunk.toString()));
  return new Promise((resolve) => {
    socket.once("close", () => {
      const status = Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0);
      resolve({ answer, status, ms: performance.now() - startMs });
    });
  });
}

export function exchange(facade: Facade, bytes: string): Promise<Closed> {
  const socket = dial(facade);
  socket.write(bytes);
  return untilClosed(socket);
}

/** What every abuse leaves behind: a server that answers everybody else. */
export async function expectToWork(facade: Facade): Promise<void> {
  const { status, body } = await post(facade, { query: `{ artist(id: "1") { name } }` });
  expect([status, body]).toEqual([200, expect.stringMatching(/^\{"data":\{"artist":\{"name":".+"\}\}\}$/)]);
}
