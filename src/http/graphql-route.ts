/** From an HTTP request at the graph's path to the operation's response. Requests that cannot be an operation are rejected here, which is
 *  cheaper. Yoga's own listener is not used, because it answers failures with a stack. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { isTrusted } from "../operation/rate-limits.js";
import type { Limits } from "../config/config.js";
import type { RequestFacts, Sender } from "../operation/request.js";
import type { RunRequest } from "../operation/yoga/yoga-adapter.js";
import type { Cors } from "./cors.js";
import type { GetPolicy } from "./get-policy.js";
import { isGetByHash, setCacheHeaders } from "./cache-headers.js";
import { acceptedJson, acceptsEvents, acceptsParts, isJson, responseType } from "./media-types.js";
import { readBody } from "./request-body.js";
import type { Gate } from "./request-gate.js";
import type { Route } from "./request-listener.js";
import { sendStream } from "./streamed-response.js";
import { sendRejection, sendText, type Rejection } from "./responses.js";

interface RouteOptions {
  readonly runRequest: RunRequest;
  readonly cors: Cors;
  readonly gate: Gate;
  readonly getPolicy: GetPolicy;
  readonly readAddress: (request: IncomingMessage) => string;
  readonly limits: RouteLimits;
  /** Whether responses to every request may be kept, and not only those to a GET by hash. */
  readonly cachesAll: boolean;
  /** Whether responses may come in several payloads. */
  readonly streams: boolean;
  /** Why a sender may not use the surface at all; undefined where it may. */
  readonly rejectSender?: (sender: Sender) => Rejection | undefined;
  /** Called with every request that is rejected here. */
  readonly onRejected: (rejection: Rejection, request: IncomingMessage) => void;
}

interface RouteLimits {
  readonly ofGateway: Limits;
  readonly ofOthers: Limits;
}

const noBody = { text: null };
const notAcceptable: Rejection = {
  status: 406,
  code: "BAD_REQUEST",
  message:
    "Accept application/graphql-response+json or application/json, or text/event-stream by POST: responses have no other media type.",
  isOperation: true,
};
const notJson: Rejection = {
  status: 415,
  code: "BAD_REQUEST",
  message: "Send the operation as JSON, with Content-Type: application/json.",
  isOperation: true,
};

export function createGraphqlRoute(options: RouteOptions): Route {
  const { cors, onRejected } = options;
  return async (request, response) => {
    cors.mark(request, response);
    if (request.method === "OPTIONS") {
      cors.answerPreflight(request, response);
      return;
    }
    const rejection = await answer(request, response, options);
    if (rejection === undefined) return;
    onRejected(rejection, request);
    if (rejection.isOperation) sendText(response, rejection.status, rejection.message);
    else sendRejection(response, rejection);
  };
}

/** @returns Why the request is rejected; undefined where its operation was answered, or its client has gone. */
async function answer(request: IncomingMessage, response: ServerResponse, options: RouteOptions): Promise<Rejection | undefined> {
  const { readAddress, gate, rejectSender } = options;
  const headers = headersOf(request);
  const header = (name: string): string | null => headers[name] ?? null;
  const address = readAddress(request);
  const known = await gate(address, header, response);
  if ("code" in known) return known;
  const rejected = rejectSender?.(known.sender);
  if (rejected !== undefined) return rejected;
  const { method = "GET" } = request;
  const limits = known.sender.gateway ? options.limits.ofGateway : options.limits.ofOthers;
  const body = await contentOf(request, isTrusted(known.sender), limits, options.getPolicy);
  if (body === "gone") return undefined;
  if ("code" in body) return body;
  const form = formOf(request, options.streams);
  if (form === undefined) return notAcceptable;
  if (method === "POST" && !isJson(request.headers["content-type"])) return notJson;
  const whenGone = clientGone(response);
  const registeredOnly = options.getPolicy.isOfAnyPage(request, isTrusted(known.sender));
  const facts: RequestFacts = { ...known, ...form, limits, method, header, address, registeredOnly, whenGone };
  await run(response, { init: { method, headers, body: body.text }, facts }, options);
  return undefined;
}

interface Runnable {
  readonly init: RequestInit;
  readonly facts: RequestFacts;
}

async function run(response: ServerResponse, { init, facts }: Runnable, { runRequest, cachesAll }: RouteOptions): Promise<void> {
  const { headers, url = "/" } = response.req;
  const answered = await runRequest(`http://${headers.host ?? "localhost"}${url}`, init, facts);
  if (answered.stream !== undefined) await sendStream(response, answered.stream);
  else await send(response, answered.response, cachesAll || isGetByHash(response.req));
}

/** How the response may look; undefined where the client accepts none of the forms. A GET is answered in one piece: caches hold those. */
function formOf({ method, headers: { accept } }: IncomingMessage, streams: boolean) {
  const json = acceptedJson(accept);
  const isStreamed = streams && method === "POST";
  const accepts = { whole: json !== undefined, parts: isStreamed && acceptsParts(accept), events: isStreamed && acceptsEvents(accept) };
  return Object.values(accepts).includes(true) ? { accepts, ...responseType(json ?? "*/*") } : undefined;
}

/** Calls back if the client goes away before it is answered. */
export function clientGone(response: ServerResponse): RequestFacts["whenGone"] {
  return (notify) => {
    response.once("close", () => {
      if (!response.writableFinished) notify();
    });
  };
}

/** The body, or why the request is rejected. A GET has none. */
function contentOf(request: IncomingMessage, trusted: boolean, { bodyBytes, jsonValues }: Limits, { check }: GetPolicy) {
  const isRead = request.method === "GET" || request.method === "HEAD";
  if (!isRead) return readBody(request, bodyBytes, jsonValues);
  return check(request, { isTrusted: trusted, jsonValues }) ?? noBody;
}

/** Node keeps only the first of several Authorization headers, while a proxy may have checked another one: joined, they are not valid. Yoga
 *  compares the Content-Type literally. */
export function headersOf(request: IncomingMessage): Record<string, string> {
  const headers = request.headers as Record<string, string>;
  const { authorization, "content-type": type } = headers;
  return {
    ...headers,
    ...(authorization !== undefined && { authorization: request.headersDistinct["authorization"]?.join(", ") ?? authorization }),
    ...(isJson(type) && { "content-type": "application/json" }),
    accept: "*/*",
  };
}

async function send(response: ServerResponse, answer: Response, isCacheable: boolean): Promise<void> {
  const body = await answer.text();
  if (response.destroyed) return;
  response.statusCode = answer.status;
  answer.headers.forEach((value, name) => {
    // Headers that are set already belong to the connection or to CORS and win.
    if (!response.hasHeader(name)) response.setHeader(name, value);
  });
  const control = answer.headers.get("Cache-Control");
  const isHeld = isCacheable && control !== null && setCacheHeaders(response.req, response, { control, body });
  if (!isHeld) {
    response.end(body);
    return;
  }
  // Some clients wait for a body of that length.
  response.removeHeader("Content-Length");
  response.writeHead(304).end();
}
