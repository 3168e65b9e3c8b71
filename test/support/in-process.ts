/** The server without a server: requests and responses are node:http's own, and no socket is between them. For very many requests. */
import { randomUUID } from "node:crypto";
import { createServer, IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { join } from "node:path";
import { Writable } from "node:stream";
import { trace } from "@opentelemetry/api";
import { Registry } from "prom-client";
import { onTestFinished } from "vitest";
import { createFoundation, type Foundation } from "../../src/app/foundation.js";
import { createRoutes } from "../../src/app/routes.js";
import { graphqlPath } from "../../src/app/surfaces.js";
import { readConfig } from "../../src/config/config.js";
import { createRequestListener, type Route } from "../../src/http/request-listener.js";
import { createLog } from "../../src/telemetry/log.js";
import { listen } from "./fake-upstream.js";
import { ask } from "./raw-client.js";

export interface Sent {
  readonly method?: string;
  readonly path?: string;
  /** By their names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

export interface Came {
  readonly status: number;
  /** By their names in lower case, without Date. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface InProcess {
  readonly ask: (sent: Sent) => Promise<Came>;
  readonly services: Foundation["services"];
  /** Resolves when no call to 7digital is under way, and what came back is stored. */
  readonly quiet: () => Promise<void>;
}

interface Opening {
  readonly environment: Readonly<Record<string, string>>;
  readonly dataDirectory: string;
  /** Takes failures that the server did not foresee; without it they are thrown. */
  readonly unforeseen?: () => void;
}

export function foundationIn({ environment, dataDirectory, unforeseen }: Opening): Promise<Foundation> {
  const config = readConfig({
    PROFILE: "open",
    SEVENDIGITAL_CONSUMER_KEY: "sandbox",
    SEVENDIGITAL_CONSUMER_SECRET: "sandbox-secret",
    LIMIT_OPERATIONS_PER_MINUTE: "0",
    LIMIT_SOCKETS_PER_CLIENT: "0",
    ...environment,
  });
  if (config.upstream === undefined) throw new Error("The server needs an API to ask.");
  const write = (text: string): void => {
    if (unforeseen === undefined) throw new Error(text);
    unforeseen();
  };
  return createFoundation(
    { ...config, upstream: config.upstream, dataDirectory },
    {
      now: () => Date.now(),
      nonce: randomUUID,
      random: () => 0.5,
      log: createLog({ level: "error", secrets: [], write }),
      registry: new Registry(),
      tracer: trace.getTracer("tests"),
      rootDirectory: join(import.meta.dirname, "../.."),
    },
  );
}

/** Sends requests to some routes. */
export function askerOf(foundation: Foundation, routes: ReadonlyMap<string, Route>): InProcess["ask"] {
  const listener = listenerOf(foundation, routes);
  return (sent) => exchange(listener, sent);
}

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

function listenerOf({ telemetry: { report } }: Foundation, routes: ReadonlyMap<string, Route>): Listener {
  return createRequestListener({ graphqlPath, graphiql: undefined, routes, isReserved: () => false, report });
}

export async function openInProcess(opening: Opening): Promise<InProcess> {
  const foundation = await foundationIn(opening);
  return openedOn(foundation, askerOf(foundation, createRoutes(foundation)));
}

/** The same server with sockets, for comparison, until the test is over. */
export async function openOnSockets(opening: Opening): Promise<InProcess> {
  const foundation = await foundationIn(opening);
  const server = createServer(listenerOf(foundation, createRoutes(foundation)));
  await listen(server);
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  return openedOn(foundation, async (sent) => {
    const { status, headers, body } = await ask({ url }, sent);
    const plain = Object.entries(headers).map(([name, value]) => [name, String(value)] as const);
    return { status, headers: Object.fromEntries(plain.filter(([name]) => name !== "date")), body };
  });
}

function openedOn({ services }: Foundation, asker: InProcess["ask"]): InProcess {
  return {
    ask: asker,
    services,
    async quiet() {
      await turn();
      const { client } = services;
      for (let { inFlight, waiting } = client.stats(); inFlight + waiting > 0; { inFlight, waiting } = client.stats()) await turn();
      await turn();
    },
  };
}

const turn = (): Promise<void> => new Promise(setImmediate);

/** Takes what a response writes. */
class Line extends Writable {
  readonly remoteAddress = "127.0.0.1";
  readonly chunks: Buffer[] = [];

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.chunks.push(chunk);
    done();
  }

  setTimeout(): this {
    return this;
  }
}

function exchange(listener: Listener, { method = "GET", path = "/graphql", headers = {}, body }: Sent): Promise<Came> {
  const line = new Line();
  const request = new IncomingMessage(line as unknown as Socket);
  const bytes = Buffer.from(body ?? "");
  const length = body === undefined ? {} : { "content-length": String(bytes.length) };
  request.headers = { host: "localhost", ...headers, ...length };
  request.headersDistinct = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, [String(value)]]));
  Object.assign(request, { method, url: path, httpVersion: "1.1", httpVersionMajor: 1, httpVersionMinor: 1 });
  const response = new ServerResponse(request);
  response.assignSocket(line as unknown as Socket);
  const came = new Promise<Came>((resolve) => {
    response.on("finish", () => {
      // As node:http does when a response is sent.
      response.detachSocket(line as unknown as Socket);
      response.emit("close");
      resolve(cameIn(Buffer.concat(line.chunks)));
    });
  });
  listener(request, response);
  request.push(bytes);
  request.push(null);
  request.complete = true;
  return came;
}

const blankLine = "\r\n\r\n";

function cameIn(bytes: Buffer): Came {
  const end = bytes.indexOf(blankLine);
  const [start = "", ...lines] = bytes.subarray(0, end).toString("latin1").split("\r\n");
  const headers = lines.map((line) => {
    const colon = line.indexOf(": ");
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 2)] as const;
  });
  return {
    status: Number(start.split(" ")[1]),
    headers: Object.fromEntries(headers.filter(([name]) => name !== "date")),
    body: bytes.subarray(end + blankLine.length).toString(),
  };
}
